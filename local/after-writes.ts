import type { Table, Write } from '#shared/world/table.ts'

/** The same table; what has been written to it is told, once it is on disk. */
export function afterWrites(table: Table, tell: (operations: readonly Write[]) => void): Table {
  return {
    get: (key) => table.get(key),
    getMany: (keys) => table.getMany(keys),
    query: (query) => table.query(query),
    queryIndex: (query) => table.queryIndex(query),
    scan: (options) => table.scan(options),
    write: async (operations) => {
      const result = await table.write(operations)
      if (result.committed) tell(operations)
      return result
    },
  }
}
