import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'find-instant',
  does: 'Says until when a journey waits for a local time or a date of hers.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write'],
  timeoutSeconds: 30,
  memoryMb: 512,
}
