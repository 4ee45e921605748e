import { forget } from '../documents/fresh.ts'
import { type Published, publishDocument } from '../documents/published.ts'
import { beginJob } from '../jobs/job.ts'
import { SEGMENT_SHARDS } from '../profiles/customer-index.ts'
import type { Key, Write } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { liveSegments, type SegmentContent } from './live-segments.ts'
import type { SegmentDocument } from './segment.ts'

/** The kind of job that asks all customers about the segments that were published. */
export const SEGMENT_BACKFILL = 'segment-backfill'

interface ToPublish {
  readonly name: string
  /** What it was made from. */
  readonly source: string
  /** Absent to retire it: then nobody is in it any more. */
  readonly document?: SegmentDocument
}

/** Publishes segments that have been checked. `beginBackfill` lets all customers know. */
export async function publishSegments(
  world: Pick<World, 'table' | 'clock'>,
  segments: readonly ToPublish[],
): Promise<readonly (Published<SegmentContent> & { readonly changed: boolean })[]> {
  if (segments.length > 0) forget(world.table)
  const done: (Published<SegmentContent> & { readonly changed: boolean })[] = []
  for (const { name, source, document } of segments) {
    const { generation, also } = await nextGeneration(world)
    const content = (): SegmentContent =>
      document === undefined ? { generation } : { description: document.description, if: document.if, generation }
    done.push(await publishDocument<SegmentContent>(world, { kind: 'segment', name, source, content, also }))
  }
  return done
}

const GENERATION: Key = { pk: 'GENERATION', sk: 'GENERATION' }

/** Of two who publish at once only one does: who has been asked about a generation has been asked about all before it. */
async function nextGeneration(
  world: Pick<World, 'table' | 'clock'>,
): Promise<{ readonly generation: number; readonly also: readonly Write[] }> {
  const last = (await world.table.get(GENERATION))?.generation
  const before = typeof last === 'number' ? last : (await liveSegments(world)).generation
  const when = typeof last === 'number' ? ({ attributeIs: ['generation', last] } as const) : 'absent'
  return { generation: before + 1, also: [{ put: { ...GENERATION, generation: before + 1 }, when }] }
}

/**
 * Begins to ask all customers about the segments that are live now. What has been begun is not begun again, so that
 * whoever publishes again after a crash begins what is missing.
 */
export async function beginBackfill(world: Pick<World, 'table' | 'clock'>): Promise<void> {
  const { generation } = await liveSegments(world)
  if (generation === 0) return
  const job = {
    kind: SEGMENT_BACKFILL,
    name: String(generation),
    input: { generation },
    shards: SEGMENT_SHARDS,
    dueAt: world.clock.now(),
  }
  await world.table.write(beginJob(job))
}
