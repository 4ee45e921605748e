import { InvalidInput } from '../errors/errors.ts'
import type { Profile } from '../profiles/profile.ts'
import { customerPartition } from '../profiles/store.ts'
import type { Identifier, StoredKind } from '../touchpoints/identifiers.ts'
import type { Item } from '../world/table.ts'
import type { World } from '../world/world.ts'

/** A page of everything that is stored about one customer. */
export interface CustomerRows {
  readonly customer: string
  /** The system's time, ISO 8601. */
  readonly now: string
  /** All that she is known by; the rows that lead from it to her hold only hashes of it. */
  readonly identifiers: readonly Identifier[]
  /** As they are stored, those of customers who were merged into her too. */
  readonly rows: readonly Item[]
  /** Absent on the last page. */
  readonly cursor?: string
}

const PAGE = 500

/**
 * All rows of a customer, page by page: a copy of her, and what a privacy request asks for. Only what her runs wait for
 * is left out, which holds tokens of machines and nothing of hers.
 * @throws InvalidInput for a cursor that no page has given.
 */
export async function customerRows(
  { table, clock }: Pick<World, 'table' | 'clock'>,
  profile: Profile,
  cursor?: string,
): Promise<CustomerRows> {
  const homes = [profile.id, ...profile.aliases]
  const [at, inside] = readCursor(cursor)
  const home = homes[at]
  if (home === undefined) throw badCursor()
  const page = await table.query({
    pk: customerPartition(home),
    limit: PAGE,
    ...(inside === undefined ? {} : { cursor: inside }),
  })
  const next = page.cursor !== undefined ? `${at}.${page.cursor}` : at + 1 < homes.length ? `${at + 1}.` : undefined
  return {
    customer: profile.id,
    now: new Date(clock.now()).toISOString(),
    identifiers: identifiersOf(profile),
    rows: page.items.filter(({ sk }) => !sk.startsWith('W#')),
    ...(next === undefined ? {} : { cursor: next }),
  }
}

function identifiersOf({ identifiers }: Profile): readonly Identifier[] {
  return Object.entries(identifiers).flatMap(([kind, values]) =>
    values.map(([value]) => ({ kind: kind as StoredKind, value })),
  )
}

/** The place of the partition among hers, and the table's own cursor in it. */
function readCursor(cursor = '0.'): readonly [place: number, inside: string | undefined] {
  const [, place, inside] = /^(\d{1,3})\.(.*)$/s.exec(cursor) ?? []
  if (place === undefined) throw badCursor()
  return [Number(place), inside === '' ? undefined : inside]
}

function badCursor(): InvalidInput {
  return new InvalidInput('customer.bad-cursor', 'This is no cursor of a page before; begin again without one.')
}
