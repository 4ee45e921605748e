import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'emit-touchpoint',
  does: 'Records the touchpoint of a journey, or starts another journey for her.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write', 'machines:start', 'machines:resume', 'secrets:link-key'],
  timeoutSeconds: 30,
  memoryMb: 512,
}
