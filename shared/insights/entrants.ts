import { type Enrolment, readEnrolment } from '../journeys/runs/enrolment.ts'
import { DUE_SHARDS, duePartition } from '../time/due.ts'
import type { Table } from '../world/table.ts'

/** Rows of one shard that are looked at, most of which may belong to other journeys. */
const MOST_LOOKED_AT = 1_000

/**
 * Customers who are in a journey now, those who entered last first: runs that have ended have left the index, and a
 * sample needs none of them.
 */
export async function recentEntrants(
  { table }: { readonly table: Table },
  journey: string,
  limit: number,
): Promise<readonly string[]> {
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => openRuns(table, shard, journey))
  const runs = (await Promise.all(shards)).flat().sort((a, b) => b.enteredAt - a.enteredAt)
  return [...new Set(runs.map(({ customer }) => customer))].slice(0, limit)
}

/** A run stands in the index until the day it would be over at the latest, so the last of them entered last. */
async function openRuns(table: Table, shard: number, journey: string): Promise<readonly Enrolment[]> {
  const page = await table.queryIndex({ pk: duePartition(shard), order: 'descending', limit: MOST_LOOKED_AT })
  return page.items
    .filter(({ sk, journey: name }) => sk.startsWith('E#') && name === journey)
    .map(readEnrolment)
    .filter(({ state }) => state !== 'ended')
}
