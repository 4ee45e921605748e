import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'end-run',
  does: 'Ends a run of a journey.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write'],
  timeoutSeconds: 30,
  memoryMb: 512,
}
