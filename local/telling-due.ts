import type { Table, Write } from '#shared/world/table.ts'
import { afterWrites } from './after-writes.ts'

/** A table that tells when a row has been written that falls due, and when that is (epoch ms): nobody need look before. */
export function tellingDue(table: Table, tell: (at: number) => void): Table {
  return afterWrites(table, (operations) => {
    for (const operation of operations) tellOf(operation, tell)
  })
}

function tellOf(operation: Write, tell: (at: number) => void): void {
  const written = 'put' in operation ? operation.put : 'set' in operation ? operation.attributes : {}
  const { ipk, isk } = written as { readonly ipk?: unknown; readonly isk?: unknown }
  if (typeof ipk === 'string' && ipk.startsWith('DUE#') && typeof isk === 'string') tell(Date.parse(isk))
}
