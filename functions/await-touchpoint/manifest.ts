import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'await-touchpoint',
  does: 'Makes a run wait for a touchpoint, unless it has come already.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write', 'machines:resume'],
  timeoutSeconds: 30,
  memoryMb: 512,
}
