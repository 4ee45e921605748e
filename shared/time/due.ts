import { createHash } from 'node:crypto'

/** The index partition is split, so that no hour of the day heats a single one. */
export const DUE_SHARDS = 32

/** Index keys of a row that needs attention at an instant, whatever happens in between. */
export function dueKeys(customer: string, at: number): { readonly ipk: string; readonly isk: string } {
  const shard = createHash('sha256').update(customer).digest().readUInt8(0) % DUE_SHARDS
  return { ipk: duePartition(shard), isk: new Date(at).toISOString() }
}

/** For a `set`: takes the row out of the index. */
export const NOT_DUE = { ipk: null, isk: null } as const

export function duePartition(shard: number): string {
  return `DUE#${shard}`
}
