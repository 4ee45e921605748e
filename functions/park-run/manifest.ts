import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'park-run',
  does: 'Lets a run stand still while its journey is paused.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write', 'machines:resume'],
  timeoutSeconds: 30,
  memoryMb: 512,
}
