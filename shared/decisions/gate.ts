import type { Brand } from '../brand/brand.ts'
import type { Purpose } from '../brand/purposes.ts'
import type { Profile } from '../profiles/profile.ts'
import type { ReasonCode } from './decision.ts'

/** What all gates look at; the channel and her address on it are those of the candidate. */
export interface Candidate {
  readonly now: number
  readonly profile: Profile
  readonly brand: Brand
  readonly purposeName: string
  readonly purpose: Purpose
  /** Of two messages that cannot both go out, the one with the higher number does. */
  readonly priority: number
  /** Its id, by which it is known among those that wait. */
  readonly dispatch: string
  /** After that it does not go out any more. */
  readonly deadlineAt: number
  /** How often it has been held. */
  readonly holds: number
  /** It asks for the hour at which she is most often there. */
  readonly atHerHour?: boolean | undefined
  readonly channel: string
  readonly address: string
}

/** Undefined lets it pass; `until` says that it may go later. */
export type Answer = { readonly code: ReasonCode; readonly until?: number; readonly detail?: string } | undefined

export type Gate = (candidate: Candidate) => Answer
