import type { Item } from './table.ts'

/** One committed change of a row, as a consumer of the feed gets it: at least once, in order per partition. */
export interface Change {
  /** Grows with time; a consumer that remembers it can drop repeats. */
  readonly sequence: string
  readonly pk: string
  readonly sk: string
  /** The row as written; absent when it was removed. */
  readonly after?: Item
  /** False when the row was new. */
  readonly existed: boolean
}
