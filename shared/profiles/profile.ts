import type { StoredKind } from '../touchpoints/identifiers.ts'
import type { Json } from '../world/table.ts'

/** A value and when it became so (epoch ms); the later one wins, whichever comes in first. */
export type Dated<T> = readonly [value: T, at: number]

/** A run that has not ended, as the profile keeps it. */
export interface OpenRun {
  readonly journey: string
  readonly version: number
  readonly run: number
  readonly enteredAt: number
  /** Whatever happens, the run is over by then. */
  readonly endsBy: number
  /** The step it waits at for one of these touchpoint types. */
  readonly wait?: { readonly step: string; readonly types: readonly string[] } | undefined
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
  /** Devices that can be pushed to; their tokens are rows of their own. */
  readonly pushDevices: Readonly<Record<string, Dated<boolean>>>
  readonly counted: readonly Counted[]
  readonly runs: Readonly<Record<string, OpenRun>>
  /** When she last entered each journey. */
  readonly entered: Readonly<Record<string, number>>
  readonly goals: readonly GoalWatch[]
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
    pushDevices: {},
    counted: [],
    runs: {},
    entered: {},
    goals: [],
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

/** The later of two dated values. At the same instant the greater JSON wins, so that the order of arrival never matters. */
export function later<T>(one: Dated<T> | undefined, other: Dated<T>): Dated<T> {
  if (one === undefined || other[1] > one[1]) return other
  if (other[1] < one[1]) return one
  return JSON.stringify(other[0]) > JSON.stringify(one[0]) ? other : one
}

/** The later of `added` and what stands under the name; names come from apps, so only own properties count as known. */
export function laterIn<T>(known: Readonly<Record<string, Dated<T>>>, name: string, added: Dated<T>): Dated<T> {
  return later(Object.hasOwn(known, name) ? known[name] : undefined, added)
}
