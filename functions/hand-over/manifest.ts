import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'hand-over',
  does: 'Opens a conversation for a team, and makes the run wait for its end.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write', 'machines:start', 'machines:resume', 'secrets:link-key'],
  timeoutSeconds: 30,
  memoryMb: 512,
}
