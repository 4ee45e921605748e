import type { Item, Table } from '#shared/world/table.ts'

/** Everything that stands in a table, in no promised order. */
export async function allRows(table: Table): Promise<readonly Item[]> {
  const rows: Item[] = []
  let cursor: string | undefined
  do {
    const page = await table.scan({ limit: 1_000, ...(cursor === undefined ? {} : { cursor }) })
    rows.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return rows
}
