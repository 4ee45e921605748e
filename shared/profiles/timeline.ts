import type { Table } from '../world/table.ts'
import type { Profile } from './profile.ts'
import { customerPartition } from './store.ts'
import { readTimelineItem, type TimelineRow } from './timeline-row.ts'

/** No reading of a timeline looks at more rows than this of one partition. */
export const MOST_ROWS = 1_000

/**
 * Her touchpoints that occurred at or after `sinceAt`, newest first, those of customers merged into her too; the newest
 * `limit` of them.
 */
export async function readTimeline(
  { table }: { readonly table: Table },
  profile: Pick<Profile, 'id' | 'aliases'>,
  { sinceAt = 0, limit = MOST_ROWS }: { readonly sinceAt?: number; readonly limit?: number } = {},
): Promise<readonly TimelineRow[]> {
  const from = `T#${new Date(sinceAt).toISOString()}`
  const pages = await Promise.all(
    [profile.id, ...profile.aliases].map((customer) =>
      table.query({ pk: customerPartition(customer), prefix: 'T#', from, order: 'descending', limit }),
    ),
  )
  const rows = pages.flatMap(({ items }) => items.map(readTimelineItem))
  return rows.sort((a, b) => b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1)).slice(0, limit)
}
