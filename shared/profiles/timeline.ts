import type { Table } from '../world/table.ts'
import type { Profile } from './profile.ts'
import { customerPartition } from './store.ts'
import { readTimelineItem, type TimelineRow } from './timeline-row.ts'

/** Her past, newest first, and from when on this is all of it where it was too long to be read whole. */
export interface Past {
  readonly rows: readonly TimelineRow[]
  readonly sinceAt?: number
}

/** No more pages than these are read of one partition, to find out what is to be remembered from then on. */
const MOST_PAGES = 5

/** As much of her timeline as is read at once, which is most often the whole of it. */
export async function readPast(
  { table }: { readonly table: Table },
  profile: Pick<Profile, 'id' | 'aliases'>,
): Promise<Past> {
  const parts = await Promise.all([profile.id, ...profile.aliases].map((customer) => pastOf(table, customer)))
  const cuts = parts.flatMap(({ sinceAt }) => sinceAt ?? [])
  const rows = parts.flatMap((part) => part.rows)
  return cuts.length === 0 ? { rows } : { rows, sinceAt: Math.max(...cuts) }
}

async function pastOf(table: Table, customer: string): Promise<Past> {
  const rows: TimelineRow[] = []
  const query = { pk: customerPartition(customer), prefix: 'T#', order: 'descending', limit: MOST_ROWS } as const
  let cursor: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const { items, ...rest } = await table.query(cursor === undefined ? query : { ...query, cursor })
    rows.push(...items.map(readTimelineItem))
    cursor = rest.cursor
    if (cursor === undefined) return { rows }
  }
  return { rows, sinceAt: rows.at(-1)?.occurredAt ?? 0 }
}

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
