import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'call-webhook',
  does: 'Calls a webhook of a journey and keeps its answer.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write', 'secrets:webhook-key'],
  timeoutSeconds: 30,
  memoryMb: 512,
}
