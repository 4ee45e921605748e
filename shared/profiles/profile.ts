import { jsonInOrder } from '../documents/json-in-order.ts'
import type { StoredKind } from '../touchpoints/identifiers.ts'
import type { Json } from '../world/table.ts'
import type { Watch } from './watch.ts'

/** A value and when it became so (epoch ms); the later one wins, whichever comes in first. */
export type Dated<T> = readonly [value: T, at: number]

/** The step that a run waits at, for one of these touchpoint types. */
export interface RunWait {
  readonly step: string
  readonly types: readonly string[]
  /** Only touchpoints of this conversation count. */
  readonly conversation?: string | undefined
}

/**
 * The last that is known of a run's way; where it stands now follows from it, the journey and the time. Without a step it
 * has only begun.
 */
export interface LastStep {
  readonly at: number
  readonly step?: string | undefined
  /** The path that it took, of the step's `paths`; none goes straight on. */
  readonly path?: number | undefined
  /** It waits at the step until then, and takes that path if nothing comes. */
  readonly until?: number | undefined
  /** The rounds of the repeats around the step, outermost first. */
  readonly rounds?: readonly number[] | undefined
  /** The step is still to be done: the run was moved there. */
  readonly toCome?: boolean | undefined
}

/** A run that has not ended, as the profile keeps it. */
export interface OpenRun {
  readonly journey: string
  readonly version: number
  readonly run: number
  readonly enteredAt: number
  /** Whatever happens, the run is over by then. */
  readonly endsBy: number
  readonly wait?: RunWait | undefined
  /** Absent in runs that began before it was kept. */
  readonly last?: LastStep | undefined
  /** The customer whose partition holds its rows, where that is not this one: she has been merged since. */
  readonly home?: string | undefined
}

export interface GoalWatch {
  readonly enrolment: string
  readonly journey: string
  readonly version: number
  readonly enteredAt: number
  readonly until: number
  readonly home?: string | undefined
}

/** A conversation that has not been closed, as the profile keeps it. It waits for us while `inAt` is after `outAt`. */
export interface OpenConversation {
  readonly openedAt: number
  /** Where she wrote last, or where it began. */
  readonly channel: string
  /** When she last wrote, or it was last handed over. */
  readonly inAt: number
  /** When we last answered; 0 for never. */
  readonly outAt: number
  /** Whether marketing is held while it waits for us. */
  readonly mutes: boolean
  readonly team?: string | undefined
  /** The customer whose partition holds its rows, where that is not this one. */
  readonly home?: string | undefined
}

/** How far her memberships have been looked at. */
export interface Reviewed {
  /** Of the segments that they take account of: it grows whenever one is published. */
  readonly generation: number
  /** When time alone may change one of them; absent for never. */
  readonly dueAt?: number | undefined
}

/** A message that was held, and is to be decided again at `until`. */
export interface WaitingMessage {
  readonly dispatch: string
  readonly until: number
  readonly priority: number
  readonly channel: string
  readonly purpose: string
}

/** One counted message: what caps look at. */
export interface Counted {
  readonly at: number
  readonly channel: string
  readonly purpose: string
}

/**
 * A customer's one record and the unit of consistency: everything about her that must hold together. Each change is
 * one write under the condition that `version` is unchanged.
 */
export interface Profile {
  readonly id: string
  /** 0 when it is not stored yet. */
  readonly version: number
  readonly createdAt: number
  /** The latest `occurredAt` of all that was folded. */
  readonly lastSeenAt: number
  /** Newest first. */
  readonly identifiers: Readonly<Partial<Record<StoredKind, readonly Dated<string>[]>>>
  readonly traits: Readonly<Record<string, Dated<Json>>>
  /** By `purpose/channel`; `*` as the purpose stands for all of them. */
  readonly consent: Readonly<Record<string, Dated<'given' | 'withdrawn'>>>
  /** Why an address must not be written to again, by `channel/address`. */
  readonly suppressed: Readonly<Record<string, Dated<string>>>
  /** The latest passing bounces, newest first, by `channel/address`. */
  readonly bounces: Readonly<Record<string, readonly number[]>>
  /** Devices that can be pushed to; their tokens are rows of their own. */
  readonly pushDevices: Readonly<Record<string, Dated<boolean>>>
  readonly counted: readonly Counted[]
  readonly waiting: readonly WaitingMessage[]
  /** On which channels, and in which hours (their beginnings), she opened, followed or answered; newest first. */
  readonly engaged: readonly Dated<string>[]
  /** The channel on which she last wrote to us. */
  readonly wrote?: Dated<string> | undefined
  readonly runs: Readonly<Record<string, OpenRun>>
  /** When she last entered each journey. */
  readonly entered: Readonly<Record<string, number>>
  readonly goals: readonly GoalWatch[]
  /** The segments she is in, and since when. */
  readonly segments: Readonly<Record<string, number>>
  /** What the conditions of segments, entries and exits count, by their keys; what is not there has not been asked for. */
  readonly watches: Readonly<Record<string, Watch>>
  /** Absent as long as there are no segments. */
  readonly reviewed?: Reviewed | undefined
  /** By id. */
  readonly conversations: Readonly<Record<string, OpenConversation>>
  /** The ids of the latest touchpoints: a repeat is most often close by. */
  readonly recent: readonly string[]
  /** Customers that were merged into this one, whose rows stayed where they are. */
  readonly aliases: readonly string[]
  /** Set on the tombstone that a merge leaves. */
  readonly mergedInto?: string | undefined
}

export function newProfile(id: string, createdAt: number): Profile {
  return {
    id,
    version: 0,
    createdAt,
    lastSeenAt: 0,
    identifiers: {},
    traits: {},
    consent: {},
    suppressed: {},
    bounces: {},
    pushDevices: {},
    counted: [],
    waiting: [],
    engaged: [],
    runs: {},
    entered: {},
    goals: [],
    segments: {},
    watches: {},
    conversations: {},
    recent: [],
    aliases: [],
  }
}

/** Her newest value of a kind: where a channel would reach her. */
export function identifierOf(profile: Profile, kind: StoredKind): string | undefined {
  return profile.identifiers[kind]?.[0]?.[0]
}

export function traitOf(profile: Profile, name: string): Json | undefined {
  return Object.hasOwn(profile.traits, name) ? profile.traits[name]?.[0] : undefined
}

/** Then somebody of ours has to say something. */
export function waitsForUs({ inAt, outAt }: Pick<OpenConversation, 'inAt' | 'outAt'>): boolean {
  return inAt > outAt
}

/** The later of two dated values. At the same instant the greater JSON wins, so that the order of arrival never matters. */
export function later<T>(one: Dated<T> | undefined, other: Dated<T>): Dated<T> {
  if (one === undefined || other[1] > one[1]) return other
  if (other[1] < one[1]) return one
  return jsonInOrder(other[0]) > jsonInOrder(one[0]) ? other : one
}

/** The later of `added` and what stands under the name; names come from apps, so only own properties count as known. */
export function laterIn<T>(known: Readonly<Record<string, Dated<T>>>, name: string, added: Dated<T>): Dated<T> {
  return later(Object.hasOwn(known, name) ? known[name] : undefined, added)
}
