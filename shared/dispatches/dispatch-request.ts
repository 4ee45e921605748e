import type { ChannelChoice } from '../decisions/channel-order.ts'
import type { Reason } from '../decisions/decision.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Write } from '../world/table.ts'
import type { World } from '../world/world.ts'
import type { Dispatch } from './dispatch-row.ts'
import type { RunValues } from './values.ts'

export type DispatchWorld = Pick<World, 'table' | 'clock' | 'secrets' | 'settings' | 'providers' | 'log'>

/** Carried from one try of a held message to the next. */
export interface Again {
  readonly holds: number
  readonly deadlineAt: number
  /** Why it was held, each time. */
  readonly because?: readonly Reason[] | undefined
}

export interface DispatchRequest {
  /** The same for every try of the same message. */
  readonly id: string
  /** The customer in whose partition the run's rows stand. */
  readonly customer: string
  readonly labels: Pick<Dispatch, 'journey' | 'journeyVersion' | 'enrolment' | 'run' | 'step'>
  readonly message: string
  readonly purpose: string
  /** Undefined takes the purpose's channels. */
  readonly channels?: ChannelChoice | undefined
  /** Of two messages that cannot both go out, the one with the higher number does; undefined takes the purpose's. */
  readonly priority?: number | undefined
  readonly atHerHour?: boolean | undefined
  /** Milliseconds from the first try; undefined takes the purpose's. */
  readonly deadline?: number | undefined
  readonly again?: Again | undefined
  readonly run: RunValues
  /** Her profile as the send may change it. @throws Left when nothing may be sent any more. */
  admit(profile: Profile | undefined): Profile
  /** What the claim notes of the run. */
  claimed?(profile: Profile): Profile
  /** What else is written with the outcome, where the message is the last thing of its run. */
  settle(profile: Profile, sent: boolean): Settlement | undefined
}

export interface Settlement {
  readonly profile: Profile
  readonly writes: readonly Write[]
}

export type DispatchOutcome =
  | { readonly outcome: 'sent' | 'uncertain'; readonly seen: number; readonly channel: string }
  | { readonly outcome: 'skipped'; readonly seen: number }
  | { readonly outcome: 'hold'; readonly until: string; readonly again: Again; readonly seen: number }
