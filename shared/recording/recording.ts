import type { World } from '../world/world.ts'

/** What recording asks of the world. */
export type RecordWorld = Pick<World, 'table' | 'machines' | 'clock' | 'ids' | 'secrets' | 'log'>

/** What came of one touchpoint. */
export type Recorded =
  | { readonly outcome: 'recorded'; readonly customer: string }
  | { readonly outcome: 'duplicate'; readonly customer: string }
  | { readonly outcome: 'rejected'; readonly reason: string }

/** What attempts that failed have taught. */
export interface Lessons {
  /** Touchpoints that are in the timeline already. */
  readonly duplicates: Set<string>
  /** Enrolments that have been made before. */
  readonly enrolments: Set<string>
  /** When those may begin who entered a journey whose pace is limited; undefined for at once. */
  readonly turns: Map<string, number | undefined>
  /** Sort keys of rows that are not there to be changed. */
  readonly missing: Set<string>
  /** Identifiers whose remembered holder was stale, so that they have been read again. */
  readonly reread: Set<string>
}
