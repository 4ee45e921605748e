import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'update-profile',
  does: 'Sets traits of a customer for a journey.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write', 'machines:start', 'machines:resume', 'secrets:link-key'],
  timeoutSeconds: 30,
  memoryMb: 512,
}
