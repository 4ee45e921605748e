import type { Change } from '../world/feed.ts'
import type { Key, Write } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { countersOf, dayOf } from './counters.ts'

const KEPT_SECONDS = 3 * 86_400
/** An import may bring years at once, and a write takes a hundred rows. */
const MOST_DAYS = 90

export function dayKey(day: string): Key {
  return { pk: 'S', sk: `DAY#${day}` }
}

/**
 * Adds changes up per day (UTC). The counters and a mark of the batch are one write, so that a batch that comes again,
 * with more behind it perhaps, is not counted again.
 */
export async function countChanges(
  changes: readonly Change[],
  { table, clock }: Pick<World, 'table' | 'clock'>,
): Promise<void> {
  let rest = changes
  for (let first = rest[0]; first !== undefined; first = rest[0]) {
    const part = ofFewDays(rest)
    const mark = { pk: 'S', sk: `SEEN#${first.sequence}` }
    const last = part.at(-1)?.sequence
    const expiresAt = Math.floor(clock.now() / 1_000) + KEPT_SECONDS
    const result = await table.write([{ put: { ...mark, last, expiresAt }, when: 'absent' }, ...additions(part)])
    const counted = result.committed ? last : (await table.get(mark))?.last
    const position = rest.findIndex(({ sequence }) => sequence === counted)
    // A batch that came back smaller than it was counted is counted as a whole.
    if (position < 0) return
    rest = rest.slice(position + 1)
  }
}

/** The first of the changes, as many as fall on no more days than one write has room for. */
function ofFewDays(changes: readonly Change[]): readonly Change[] {
  const days = new Set<string>()
  const end = changes.findIndex((change) => days.add(dayOf(change)).size > MOST_DAYS)
  return end < 0 ? changes : changes.slice(0, end)
}

function additions(changes: readonly Change[]): readonly Write[] {
  const days = new Map<string, Record<string, number>>()
  for (const change of changes) {
    const day = dayOf(change)
    const sums = days.get(day) ?? {}
    for (const name of countersOf(change)) sums[name] = (sums[name] ?? 0) + 1
    days.set(day, sums)
  }
  return [...days].map(([day, amounts]) => ({ add: dayKey(day), amounts }))
}
