/** Anything JSON can hold. Values cross the door as copies. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined }

export interface Key {
  readonly pk: string
  readonly sk: string
}

/**
 * One row. Every other attribute is plain JSON at the top level, at most 400 KB in all.
 * `version` is compared by `versionIs`; `ipk` and `isk` place the row in the sparse index when both are there;
 * `expiresAt` is in epoch seconds, after which the row reads as absent (it may be removed days later).
 */
export interface Item extends Key {
  readonly version?: number
  readonly ipk?: string
  readonly isk?: string
  readonly expiresAt?: number
  readonly [attribute: string]: unknown
}

export type Condition =
  | 'absent'
  | 'present'
  | { readonly versionIs: number }
  | { readonly attributeIs: readonly [name: string, value: string | number | boolean] }

export type Write =
  | { readonly put: Item; readonly when?: Condition }
  | { readonly remove: Key; readonly when?: Condition }
  | { readonly check: Key; readonly when: Condition }
  /** Sets top-level attributes (`null` removes one); creates the row when absent, unless `when` forbids it. */
  | { readonly set: Key; readonly attributes: Readonly<Record<string, unknown>>; readonly when?: Condition }
  /** Adds to numeric attributes, which start at 0; creates the row when absent. */
  | { readonly add: Key; readonly amounts: Readonly<Record<string, number>> }

/** The row that an operation is about. */
export function keyOf(write: Write): Key {
  if ('put' in write) return write.put
  if ('set' in write) return write.set
  if ('remove' in write) return write.remove
  return 'check' in write ? write.check : write.add
}

/** `failed` holds the positions of the operations whose condition did not hold; nothing was written. */
export type WriteResult =
  | { readonly committed: true }
  | { readonly committed: false; readonly failed: readonly number[] }

export interface RangeQuery {
  readonly pk: string
  /** Only rows whose sort key begins with this. */
  readonly prefix?: string
  /** Inclusive bounds of the sort key. */
  readonly from?: string
  readonly to?: string
  readonly order?: 'ascending' | 'descending'
  /** At most so many rows; default 100, at most 1,000. */
  readonly limit?: number
  /** As returned by the page before. */
  readonly cursor?: string
}

export interface Page {
  readonly items: readonly Item[]
  /** Absent on the last page. */
  readonly cursor?: string
}

/**
 * The one store. Reads by key are strongly consistent; the index may be stale, so what it names must be read again
 * before acting on it. A write is all or nothing, at most 100 operations on distinct keys.
 * @throws InvalidInput when a limit is passed; Unavailable when the store cannot be reached.
 */
export interface Table {
  get(key: Key): Promise<Item | undefined>
  /** In the order of `keys`, `undefined` where there is none. At most 100 distinct keys. */
  getMany(keys: readonly Key[]): Promise<readonly (Item | undefined)[]>
  query(query: RangeQuery): Promise<Page>
  /** As `query`, over the sparse index: `pk` is compared with `ipk`, the bounds with `isk`. */
  queryIndex(query: RangeQuery): Promise<Page>
  /** All rows, in no promised order. */
  scan(options: { readonly limit?: number; readonly cursor?: string }): Promise<Page>
  write(operations: readonly Write[]): Promise<WriteResult>
}

/** AWS's limits, which the embedded table enforces too (docs.aws.amazon.com/amazondynamodb, "Quotas"). */
export const TABLE_LIMITS = {
  itemBytes: 400 * 1024,
  writeOperations: 100,
  writeBytes: 4 * 1024 * 1024,
  getManyKeys: 100,
  queryLimit: 1_000,
  partitionKeyBytes: 2_048,
  sortKeyBytes: 1_024,
} as const
