import type { Brand } from '../../brand/brand.ts'
import type { Problem } from '../../documents/document.ts'
import type { Definition } from '../../world/machines.ts'
import type { Journey } from '../journey.ts'
import type { Place } from './follow.ts'

/** What a journey may point at. */
export interface Surroundings {
  readonly brand: Brand
  /** Channels that each message has a form for. */
  readonly messages: Readonly<Record<string, readonly string[]>>
  /** Names of the other documents; what is not told is not checked. */
  readonly segments?: readonly string[] | undefined
  readonly journeys?: readonly string[] | undefined
  readonly tables?: readonly string[] | undefined
  /** What each message takes of `entry` and `saved` without a default, as `saved.offer`. */
  readonly variables?: Readonly<Record<string, readonly string[]>> | undefined
}

export interface Subject extends Surroundings {
  readonly journey: Journey
  /** What it compiles to; of two steps that share a name one would hide the other, so that there is none. */
  readonly machine: Definition | undefined
}

/** One thing that is wrong, at a place of the journey. */
export interface Finding extends Pick<Problem, 'severity' | 'message' | 'fix' | 'trail'> {
  readonly at: Place
}

export type Check = (subject: Subject) => Iterable<Finding>
