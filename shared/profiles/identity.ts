import { type Identifier, type IdentifierKind, PERSONAL_KINDS, type StoredKind } from '../touchpoints/identifiers.ts'
import { stricterConsent } from './consent.ts'
import { joinEngaged } from './engagement.ts'
import { RECENT_IDS, withValue } from './fold.ts'
import { type Dated, later, laterIn, newProfile, type Profile, type Reviewed } from './profile.ts'
import { joinBounces } from './suppression.ts'
import { joinWatches } from './watch.ts'

/** What an event's identifiers mean, decided from who holds each of them now. */
export interface Resolution {
  readonly outcome: 'created' | 'known' | 'merged' | 'conflict'
  /** The customer the touchpoint belongs to; undefined when a new one is to be made. */
  readonly customer: Profile | undefined
  /** Identifiers to be hers from now on, whoever held the weak ones among them before. */
  readonly attach: readonly Identifier[]
  /** Customers that turned out to be her. */
  readonly merge: readonly Profile[]
  /** Identifiers that belong to somebody else and stay there. */
  readonly conflicts: readonly Identifier[]
}

type Owned = readonly { readonly identifier: Identifier; readonly owner: Profile | undefined }[]

/**
 * @param owned the event's identifiers, the strongest first, each with the profile that holds it.
 *
 * The strongest identifier that somebody holds says who it is, unless the event names a stronger one that she holds
 * with another value: then it is somebody new. Others that are found are merged if afterwards no kind from phone
 * upwards holds two values; else the weak ones (device, anonymous id) move to her and the rest is a conflict.
 */
export function resolveIdentity(owned: Owned): Resolution {
  const holder = owned.find(({ owner }) => owner !== undefined)?.owner
  const customer = holder !== undefined && isSomebodyElse(holder, owned) ? undefined : holder
  const merge: Profile[] = []
  const attach: Identifier[] = []
  const conflicts: Identifier[] = []
  const isHers = ({ owner }: Owned[number]): boolean => owner === undefined || owner.id === customer?.id
  const named = new Map(owned.filter(isHers).map(({ identifier: { kind, value } }) => [kind, value]))
  let joined = customer
  for (const one of owned) {
    const { identifier, owner } = one
    if (owner === undefined || isHers(one) || merge.some(({ id }) => id === owner.id)) attach.push(identifier)
    else if (joined !== undefined && mayMerge(joined, owner, named)) {
      merge.push(owner)
      joined = mergeProfiles(joined, owner)
      attach.push(identifier)
    } else if (isWeak(identifier)) attach.push(identifier)
    else conflicts.push(identifier)
  }
  return { outcome: outcomeOf(customer, merge, conflicts), customer, attach, merge, conflicts }
}

function outcomeOf(
  customer: Profile | undefined,
  merge: readonly Profile[],
  conflicts: readonly Identifier[],
): Resolution['outcome'] {
  if (conflicts.length > 0) return 'conflict'
  if (customer === undefined) return 'created'
  return merge.length > 0 ? 'merged' : 'known'
}

function isWeak({ kind }: Identifier): boolean {
  return kind === 'deviceId' || kind === 'anonymousId'
}

/** The event names a stronger personal identifier that nobody holds, and this customer holds another of that kind. */
function isSomebodyElse(holder: Profile, owned: Owned): boolean {
  for (const { identifier, owner } of owned) {
    if (owner?.id === holder.id) return false
    const held = heldBy(holder, identifier)
    if (held !== undefined && held !== identifier.value) return true
  }
  return false
}

function heldBy(profile: Profile, { kind }: Identifier): string | undefined {
  return kind === 'customerId' || !PERSONAL_KINDS.includes(kind) ? undefined : profile.identifiers[kind]?.[0]?.[0]
}

/** @param named what the event says of her, which counts before what we knew. */
function mayMerge(one: Profile, other: Profile, named: ReadonlyMap<IdentifierKind, string>): boolean {
  return PERSONAL_KINDS.every((kind) => {
    const ours = named.get(kind) ?? one.identifiers[kind]?.[0]?.[0]
    const theirs = other.identifiers[kind]?.[0]?.[0]
    return ours === undefined || theirs === undefined || ours === theirs
  })
}

/** The survivor of a merge. Rows stay where they are: open runs and goals remember their home. */
export function mergeProfiles(survivor: Profile, other: Profile): Profile {
  return {
    ...survivor,
    createdAt: Math.min(survivor.createdAt, other.createdAt),
    lastSeenAt: Math.max(survivor.lastSeenAt, other.lastSeenAt),
    identifiers: joinIdentifiers(survivor.identifiers, other.identifiers),
    traits: joinDated(survivor.traits, other.traits),
    consent: stricterConsent(survivor.consent, other.consent),
    suppressed: joinDated(survivor.suppressed, other.suppressed),
    bounces: joinBounces(survivor.bounces, other.bounces),
    pushDevices: joinDated(survivor.pushDevices, other.pushDevices),
    counted: [...survivor.counted, ...other.counted].sort((a, b) => a.at - b.at),
    waiting: [...survivor.waiting, ...other.waiting],
    engaged: joinEngaged(survivor.engaged, other.engaged),
    wrote: other.wrote === undefined ? survivor.wrote : later(survivor.wrote, other.wrote),
    runs: { ...atHome(other.runs, other.id), ...survivor.runs },
    entered: joinBy(survivor.entered, other.entered, Math.max),
    goals: [...survivor.goals, ...other.goals.map((goal) => ({ ...goal, home: goal.home ?? other.id }))],
    segments: joinBy(survivor.segments, other.segments, Math.min),
    watches: commonWatches(survivor.watches, other.watches),
    reviewed: joinReviewed(survivor.reviewed, other.reviewed),
    conversations: { ...atHome(other.conversations, other.id), ...survivor.conversations },
    recent: [...survivor.recent, ...other.recent].slice(0, RECENT_IDS * 2),
    aliases: [...new Set([...survivor.aliases, other.id, ...other.aliases])],
  }
}

/** Each remembers the customer in whose partition its rows stay. */
function atHome<T extends { readonly home?: string | undefined }>(
  records: Readonly<Record<string, T>>,
  customer: string,
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(records).map(([id, record]) => [id, { ...record, home: record.home ?? customer }]),
  )
}

/** What a merge leaves of the other: a sign that points to the survivor, without personal data. */
export function tombstone({ id, version, createdAt, lastSeenAt }: Profile, survivor: string): Profile {
  return { ...newProfile(id, createdAt), version, lastSeenAt, mergedInto: survivor }
}

/** Her identifiers without one that moved to somebody else. */
export function detachIdentifier(profile: Profile, { kind, value }: Identifier): Profile {
  if (kind === 'customerId') return profile
  const left = (profile.identifiers[kind] ?? []).filter(([held]) => held !== value)
  const { [kind]: _, ...others } = profile.identifiers
  return { ...profile, identifiers: left.length === 0 ? others : { ...others, [kind]: left } }
}

function joinIdentifiers(ours: Profile['identifiers'], theirs: Profile['identifiers']): Profile['identifiers'] {
  const joined: Partial<Record<StoredKind, readonly Dated<string>[]>> = { ...ours }
  for (const [kind, values] of Object.entries(theirs) as [StoredKind, readonly Dated<string>[]][])
    joined[kind] = values.reduce((all, value) => withValue(kind, all, value), joined[kind] ?? [])
  return joined
}

function joinDated<T>(
  ours: Readonly<Record<string, Dated<T>>>,
  theirs: Readonly<Record<string, Dated<T>>>,
): Record<string, Dated<T>> {
  const joined: Record<string, Dated<T>> = { ...ours }
  for (const [name, value] of Object.entries(theirs)) joined[name] = laterIn(joined, name, value)
  return joined
}

/** What only one record has watched says nothing about the other's past, so it is to be found in the timeline again. */
function commonWatches(ours: Profile['watches'], theirs: Profile['watches']): Profile['watches'] {
  return Object.fromEntries(
    Object.entries(ours).flatMap(([key, watch]) => {
      const other = theirs[key]
      return other === undefined ? [] : [[key, joinWatches(watch, other)]]
    }),
  )
}

/** A segment that either has not been asked for is to be asked for. */
function joinReviewed(ours: Reviewed | undefined, theirs: Reviewed | undefined): Reviewed | undefined {
  if (ours === undefined || theirs === undefined) return undefined
  const due = [ours.dueAt, theirs.dueAt].filter((at) => at !== undefined)
  return {
    generation: Math.min(ours.generation, theirs.generation),
    ...(due.length === 0 ? {} : { dueAt: Math.min(...due) }),
  }
}

function joinBy(
  ours: Readonly<Record<string, number>>,
  theirs: Readonly<Record<string, number>>,
  choose: (one: number, other: number) => number,
): Record<string, number> {
  const joined: Record<string, number> = { ...ours }
  for (const [name, at] of Object.entries(theirs)) joined[name] = choose(joined[name] ?? at, at)
  return joined
}
