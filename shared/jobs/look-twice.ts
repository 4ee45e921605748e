import type { Item } from '../world/table.ts'
import type { World } from '../world/world.ts'
import type { JobShard, PageWork } from './job.ts'

/** The index is behind the table by moments; after so long it shows all that was there when the job began. */
const INDEX_DELAY = 60_000

const FIRST = '1'
const SECOND = '2'

/**
 * Pages of an index, twice over, since it may not show all of them the first time.
 * @param work does a page that begins at a cursor of the index
 */
export function lookTwice(
  { clock }: Pick<World, 'clock'>,
  work: (
    shard: JobShard,
    cursor: string | undefined,
  ) => Promise<{ readonly handled: number; readonly cursor?: string | undefined }>,
): PageWork {
  return async (shard) => {
    const { cursor: at = FIRST } = shard
    const look = at.charAt(0)
    const { handled, cursor } = await work(shard, at.slice(1) || undefined)
    if (cursor !== undefined) return { handled, cursor: look + cursor }
    if (look === SECOND) return { handled }
    return { handled, cursor: SECOND, notBefore: clock.now() + INDEX_DELAY }
  }
}

/** Whether a shard's row has been through the index once. */
export function hasLooked({ state, cursor }: Item): boolean {
  return state === 'done' || String(cursor ?? '').startsWith(SECOND)
}
