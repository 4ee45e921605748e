import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'bus' }>> = {
  name: 'record-touchpoints',
  does: 'Records touchpoints from the bus, folds them into profiles and advances journeys.',
  trigger: { on: 'bus', batchSize: 100, batchSeconds: 1 },
  may: ['table:read', 'table:write', 'machines:start', 'machines:resume', 'secrets:link-key'],
  timeoutSeconds: 60,
  memoryMb: 512,
}
