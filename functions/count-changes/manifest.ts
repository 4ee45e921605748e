import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'changes' }>> = {
  name: 'count-changes',
  does: 'Keeps counters of what happens, from the committed changes.',
  trigger: { on: 'changes', sortKeys: ['T#', 'E#', 'D#'], batchSize: 500 },
  may: ['table:read', 'table:write'],
  timeoutSeconds: 60,
  memoryMb: 512,
}
