import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'decide-branch',
  does: 'Says which path of a journey a customer takes.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write'],
  timeoutSeconds: 30,
  memoryMb: 512,
}
