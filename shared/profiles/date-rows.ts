import { createHash } from 'node:crypto'
import type { Json, Key, Table, Write } from '../world/table.ts'
import type { CustomerPage } from './customer-index.ts'
import type { Profile } from './profile.ts'
import { customerPartition } from './store.ts'

/** The rows of one trait stand in as many parts of the index. */
export const DATE_SHARDS = 32

/** `2026-05-01` of a trait that is a date, or a date and a time; undefined of every other. */
export function dateIn(value: Json | undefined): string | undefined {
  const date = typeof value === 'string' ? /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?$/.exec(value)?.[1] : undefined
  if (date === undefined) return undefined
  const instant = Date.parse(`${date}T00:00Z`)
  // Date.parse takes 30 February for 2 March.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date) ? date : undefined
}

/**
 * One small row for each trait of hers that is a date, by which she is found when its day comes, of whatever year; so
 * publishing a journey that asks for a date changes no customer.
 */
export function dateWrites(before: Profile | undefined, after: Profile): readonly Write[] {
  const names = new Set([...Object.keys(before?.traits ?? {}), ...Object.keys(after.traits)])
  return [...names].flatMap((trait): readonly Write[] => {
    const was = dateOf(before, trait)
    const is = dateOf(after, trait)
    if (was === is) return []
    const key = dateKey(after.id, trait)
    return is === undefined ? [{ remove: key }] : [{ put: { ...key, ...indexKeys(trait, after.id, is) } }]
  })
}

/**
 * Customers of a shard whose trait is that day, a page at a time: of a date in full those of that year, of `05-01`
 * those of any. The index may be stale.
 */
export async function datePage(
  table: Table,
  { trait, day }: { readonly trait: string; readonly day: string },
  shard: number,
  cursor: string | undefined,
  limit: number,
): Promise<CustomerPage> {
  const prefix = day.length > MONTH_DAY ? sortKey(day) : day
  const query = { pk: partition(trait, shard), prefix, limit }
  const page = await table.queryIndex({ ...query, ...(cursor === undefined ? {} : { cursor }) })
  const customers = page.items.map(({ pk }) => pk.slice(2))
  return page.cursor === undefined ? { customers } : { customers, cursor: page.cursor }
}

const MONTH_DAY = 'MM-DD'.length

function dateOf(profile: Profile | undefined, trait: string): string | undefined {
  return profile !== undefined && Object.hasOwn(profile.traits, trait) ? dateIn(profile.traits[trait]?.[0]) : undefined
}

function dateKey(customer: string, trait: string): Key {
  return { pk: customerPartition(customer), sk: `Y#${trait}` }
}

function indexKeys(trait: string, customer: string, date: string): { readonly ipk: string; readonly isk: string } {
  const shard = createHash('sha256').update(customer).digest().readUInt8(0) % DATE_SHARDS
  return { ipk: partition(trait, shard), isk: sortKey(date) }
}

function partition(trait: string, shard: number): string {
  return `DATE#${trait}#${shard}`
}

/** The day before the year, so that birthdays of all years stand together. */
function sortKey(date: string): string {
  return `${date.slice(5)}#${date.slice(0, 4)}`
}
