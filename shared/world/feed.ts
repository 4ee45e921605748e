import type { Item } from './table.ts'

/** One committed change of a row, as a consumer of the feed gets it: at least once, in order per partition. */
export interface Change {
  /** Grows with time; a consumer that remembers it can drop repeats. */
  readonly sequence: string
  readonly pk: string
  readonly sk: string
  /** The row as it was; absent when it is new. */
  readonly before?: Item
  /** The row as written; absent when it was removed. */
  readonly after?: Item
}
