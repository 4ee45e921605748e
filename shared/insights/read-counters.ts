import type { World } from '../world/world.ts'
import { dayKey } from './count-changes.ts'

export interface DayCounters {
  /** UTC, `2026-11-21`. */
  readonly day: string
  readonly counters: Readonly<Record<string, number>>
}

/** The counters of each day that has any, both ends included; at most 1,000 days. */
export async function countersBetween(
  { table }: Pick<World, 'table'>,
  from: string,
  to: string,
): Promise<readonly DayCounters[]> {
  const { items } = await table.query({ pk: dayKey(from).pk, from: dayKey(from).sk, to: dayKey(to).sk, limit: 1_000 })
  return items.map(({ pk: _pk, sk, ...counters }) => ({
    day: sk.slice('DAY#'.length),
    counters: counters as Record<string, number>,
  }))
}
