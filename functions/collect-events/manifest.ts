import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'http' }>> = {
  name: 'collect-events',
  does: 'Takes events by HTTP, for those who cannot put them on the bus.',
  trigger: { on: 'http', paths: ['/v1/events'] },
  may: ['table:dead-letters', 'bus:publish', 'secrets:api-token'],
  timeoutSeconds: 29,
  memoryMb: 512,
}
