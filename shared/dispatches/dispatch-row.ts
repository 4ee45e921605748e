import type { ChannelChoice } from '../decisions/channel-order.ts'
import type { Circumstances } from '../decisions/circumstances.ts'
import type { Reason } from '../decisions/decision.ts'
import { customerPartition } from '../profiles/store.ts'
import { dueKeys } from '../time/due.ts'
import type { Item, Json, Key } from '../world/table.ts'

/** How long a claim may be without an outcome before somebody else looks: the function's longest time and more. */
export const LEASE = 120_000

/**
 * `held`: to be decided again at `until`. `claimed`: on its way, outcome not known yet. `uncertain`: nobody knows
 * whether it went out, and nobody will send it again. `refused`: the provider will never take it.
 */
export type DispatchState = 'held' | 'claimed' | 'sent' | 'delivered' | 'refused' | 'skipped' | 'uncertain'

/** One message to one customer on one channel, from the decision to its outcome. */
export interface Dispatch {
  readonly id: string
  /** The customer in whose partition it stands. */
  readonly customer: string
  readonly state: DispatchState
  readonly journey: string
  readonly journeyVersion: number
  readonly enrolment: string
  readonly run: number
  readonly step: string
  readonly message: string
  readonly messageVersion?: string | undefined
  readonly purpose: string
  /** Those it may go out on, where they are not the purpose's. */
  readonly channels?: ChannelChoice | undefined
  /** Absent where it is the purpose's. */
  readonly priority?: number | undefined
  readonly channel?: string | undefined
  readonly locale?: string | undefined
  /** Gates asked, in order, with their answers. */
  readonly because: readonly Reason[]
  readonly decidedAt: number
  /** The profile's version that the decision left: what is recorded later may be what the next step awaits. */
  readonly seen: number
  /** Held until then. */
  readonly until?: number | undefined
  readonly claimedAt?: number | undefined
  /** It does not go out after that. */
  readonly deadlineAt?: number | undefined
  readonly sentAt?: number | undefined
  readonly providerId?: string | undefined
  /** Why the provider refused, or why nobody knows. */
  readonly detail?: string | undefined
  /** What was looked at when it was let go. */
  readonly circumstances?: Circumstances | undefined
  /** The beginning of the sort key of the record of the consent that it rests on; absent where none was needed. */
  readonly consentProof?: string | undefined
  /** What the message was filled with, so that anybody can see what she got. */
  readonly values?: Readonly<Record<string, Json>> | undefined
  readonly warnings?: readonly string[] | undefined
  readonly deliveredAt?: number | undefined
  readonly openedAt?: number | undefined
  readonly clickedAt?: number | undefined
  readonly bouncedAt?: number | undefined
  readonly complainedAt?: number | undefined
  /** Its provider has given it up. */
  readonly failedAt?: number | undefined
  readonly answeredAt?: number | undefined
}

export function dispatchKey(customer: string, id: string): Key {
  return { pk: customerPartition(customer), sk: `D#${id}` }
}

/** @param dueAt set while something must still happen to it. */
export function dispatchItem({ id, customer, ...attributes }: Dispatch, dueAt?: number): Item {
  return { ...dispatchKey(customer, id), ...attributes, ...(dueAt === undefined ? {} : dueKeys(customer, dueAt)) }
}

export function readDispatch(item: Item): Dispatch {
  const { pk, sk, ipk: _ipk, isk: _isk, ...attributes } = item
  const dispatch = { ...attributes, customer: pk.slice(2), id: sk.slice(2) } as unknown as Dispatch
  // Feedback may come long after everybody gave up: then it is known to have gone out.
  if (dispatch.state !== 'uncertain' || !hasFeedback(dispatch)) return dispatch
  return { ...dispatch, state: 'sent', sentAt: dispatch.sentAt ?? dispatch.claimedAt }
}

/** True when something came back about it, so that it must have gone out. */
export function hasFeedback(dispatch: Dispatch): boolean {
  return dispatch.deliveredAt !== undefined || reactionsOf(dispatch).length > 0
}

/** What became of it after it went out, in words. */
export function reactionsOf({
  openedAt,
  clickedAt,
  bouncedAt,
  complainedAt,
  failedAt,
  answeredAt,
}: Dispatch): readonly string[] {
  const known = {
    opened: openedAt,
    clicked: clickedAt,
    bounced: bouncedAt,
    'called spam': complainedAt,
    'not delivered': failedAt,
    answered: answeredAt,
  }
  return Object.entries(known).flatMap(([what, at]) => (at === undefined ? [] : [what]))
}
