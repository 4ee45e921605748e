import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'changes' }>> = {
  name: 'count-changes',
  does: 'Keeps counters of what happens, from the committed changes.',
  // A batch costs as much as a touchpoint, however small it is.
  trigger: { on: 'changes', sortKeys: ['T#', 'E#', 'D#'], batchSize: 500, batchSeconds: 60 },
  may: ['table:read', 'table:write'],
  timeoutSeconds: 60,
  memoryMb: 512,
}
