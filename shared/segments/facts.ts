import type { Watch } from '../profiles/watch.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Did } from './conditions/did.ts'

/** What a condition may look at of one touchpoint. */
export type TouchpointFact = Pick<Touchpoint, 'occurredAt' | 'channel' | 'properties'>

export const MESSAGE_STATES = ['sent', 'delivered', 'opened', 'clicked', 'answered'] as const

export type MessageState = (typeof MESSAGE_STATES)[number]

/** A message reached a state at an instant; one for each state that each of its dispatches reached. */
export interface MessageFact {
  readonly state: MessageState
  readonly at: number
}

/**
 * All that a condition can ask about one customer at one instant. Each question is asked only when a line needs the
 * answer; what has to be read from storage to answer is in `needs`. Questions about nothing known are answered with
 * undefined, false or an empty list, never with an error, and only own properties count as known.
 */
export interface Facts {
  readonly now: number
  /** Her id: what makes random choices stable. */
  readonly customer: string
  trait(name: string): unknown
  /** A property of the touchpoint that let her in; `channel`, where it has no such property, is its channel. */
  entry(name: string): unknown
  /** What a webhook's answer was saved as. */
  saved(name: string): unknown
  /** All of the type at or after `sinceAt`, in any order. More than that does no harm. */
  touchpoints(type: string, sinceAt?: number): readonly TouchpointFact[]
  /** What has been watched for a condition all along; undefined where its touchpoints have to be looked at. */
  watch(condition: Did): Watch | undefined
  inSegment(segment: string): boolean
  /** Without `sinceAt` the message as this run sent it; with it as any run did, its states at or after `sinceAt`. */
  messages(message: string, sinceAt?: number): readonly MessageFact[]
  consent(purpose: string, channel: string): boolean
  reachable(channel: string): boolean
}

/** Nothing is known of anybody. */
export const NO_FACTS: Facts = {
  now: 0,
  customer: '',
  trait: () => undefined,
  entry: () => undefined,
  saved: () => undefined,
  touchpoints: () => [],
  watch: () => undefined,
  inSegment: () => false,
  messages: () => [],
  consent: () => false,
  reachable: () => false,
}

/** The facts, and the touchpoint that `property` and `channel` speak of, where there is one. */
export interface Scene {
  readonly facts: Facts
  readonly touchpoint: TouchpointFact | undefined
}
