import { createHash } from 'node:crypto'
import { dueKeys } from '../time/due.ts'
import type { Item, Key, Table, Write } from '../world/table.ts'
import type { Profile } from './profile.ts'
import { customerPartition } from './store.ts'

/** Customers stand in as many parts of the index, so that work on many of them can go on in several places. */
export const SEGMENT_SHARDS = 32

const REVIEW = 'R'
const REVIEW_SOON = 'R#SOON'

/** Customers of one part of the index, by id. */
export interface CustomerPage {
  readonly customers: readonly string[]
  /** Absent on the last page. */
  readonly cursor?: string
}

/** All customers of a shard, a page at a time. The index may be stale. */
export function customerPage(
  table: Table,
  shard: number,
  cursor: string | undefined,
  limit: number,
): Promise<CustomerPage> {
  return indexPage(table, `C#${shard}`, cursor, limit)
}

/** The members of a segment in a shard, a page at a time. The index may be stale. */
export function segmentPage(
  table: Table,
  segment: string,
  shard: number,
  cursor: string | undefined,
  limit: number,
): Promise<CustomerPage> {
  return indexPage(table, `G#${segment}#${shard}`, cursor, limit)
}

async function indexPage(table: Table, pk: string, cursor: string | undefined, limit: number): Promise<CustomerPage> {
  const page = await table.queryIndex({ pk, limit, ...(cursor === undefined ? {} : { cursor }) })
  const customers = page.items.map((item) => item.pk.slice(2))
  return page.cursor === undefined ? { customers } : { customers, cursor: page.cursor }
}

/** The small rows by which a customer is found: as one of all, as a member of segments, and when time changes them. */
export function indexWrites(before: Profile | undefined, after: Profile): readonly Write[] {
  return [...customerWrites(after), ...memberWrites(before, after), ...reviewWrites(before, after)]
}

function customerWrites({ id, version, mergedInto }: Profile): readonly Write[] {
  const key = { pk: customerPartition(id), sk: 'C' }
  if (version > 0) return mergedInto === undefined ? [] : [{ remove: key }]
  return mergedInto === undefined ? [{ put: { ...key, ...indexKeys('C', id) } }] : []
}

function memberWrites(before: Profile | undefined, { id, segments }: Profile): readonly Write[] {
  const were = before?.segments ?? {}
  const joined = Object.keys(segments).filter((segment) => !Object.hasOwn(were, segment))
  const left = Object.keys(were).filter((segment) => !Object.hasOwn(segments, segment))
  return [
    ...joined.map((segment): Write => ({ put: memberItem(id, segment, segments[segment] ?? 0) })),
    ...left.map((segment): Write => ({ remove: memberKey(id, segment) })),
  ]
}

function reviewWrites(before: Profile | undefined, { id, reviewed }: Profile): readonly Write[] {
  const [was, dueAt] = [before?.reviewed?.dueAt, reviewed?.dueAt]
  if (was === dueAt) return []
  const key = reviewKey(id)
  return [dueAt === undefined ? { remove: key } : { put: { ...key, ...dueKeys(id, dueAt) } }]
}

/** One row for each customer says when her memberships are to be looked at again. */
export function reviewKey(customer: string): Key {
  return { pk: customerPartition(customer), sk: REVIEW }
}

export function isReview({ sk }: Key): boolean {
  return sk === REVIEW || sk === REVIEW_SOON
}

/** A row besides, for what changes without her profile's noting when. */
export function reviewSoonItem(customer: string, now: number): Item {
  return { pk: customerPartition(customer), sk: REVIEW_SOON, ...dueKeys(customer, now) }
}

/** Takes that row away, unless there is a new reason for it meanwhile. */
export function reviewedSoon({ pk, sk, isk = '' }: Item): readonly Write[] {
  return sk === REVIEW_SOON ? [{ remove: { pk, sk }, when: { attributeIs: ['isk', isk] } }] : []
}

function memberKey(customer: string, segment: string): Key {
  return { pk: customerPartition(customer), sk: `G#${segment}` }
}

function memberItem(customer: string, segment: string, joinedAt: number): Item {
  return { ...memberKey(customer, segment), joinedAt, ...indexKeys(`G#${segment}`, customer) }
}

/** In an order that means nothing, so that the first of a shard are as good a sample as any. */
function indexKeys(partition: string, customer: string): { readonly ipk: string; readonly isk: string } {
  const digest = createHash('sha256').update(customer).digest()
  return { ipk: `${partition}#${digest.readUInt8(0) % SEGMENT_SHARDS}`, isk: digest.toString('hex', 1, 9) }
}
