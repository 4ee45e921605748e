import { indexWrites } from '#shared/profiles/customer-index.ts'
import { dateWrites } from '#shared/profiles/date-rows.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { decode, profileKey } from '#shared/profiles/store.ts'
import type { Table, Write } from '#shared/world/table.ts'

/** Of the embedded world alone, so it stands in no partition of the documents. */
const MARK = { pk: 'LOCAL', sk: 'CUSTOMERS' }

const PAGE = 1_000

/**
 * Puts the customers of a data folder from before there was an index of customers into it, so that broadcasts,
 * segments and dates find them. Looks at every row, once in the life of a folder; may be repeated.
 */
export async function indexCustomers(table: Table): Promise<void> {
  if ((await table.get(MARK)) !== undefined) return
  let cursor: string | undefined
  do {
    const page = await table.scan({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
    const profiles = page.items.filter(({ pk, sk }) => sk === profileKey(pk.slice(2)).sk).map(decode)
    const customers = profiles.filter(({ mergedInto }) => mergedInto === undefined)
    await Promise.all(customers.map((profile) => table.write(rowsOf(profile))))
    cursor = page.cursor
  } while (cursor !== undefined)
  await table.write([{ put: MARK }])
}

/** The rows that would stand beside her profile if it were made now. */
function rowsOf(profile: Profile): readonly Write[] {
  return [...indexWrites(undefined, { ...profile, version: 0 }), ...dateWrites(undefined, profile)]
}
