import type { Item, Key, Table, Write } from '../world/table.ts'
import type { GoalWatch, OpenConversation, Profile, Reviewed } from './profile.ts'
import { decodeMessages, encodeMessages, type StoredMessages } from './stored-messages.ts'
import { decodeRuns, encodeRuns, type StoredRun } from './stored-runs.ts'
import { decodeWatches, encodeWatches, type StoredWatches } from './stored-watches.ts'

/** Short stored names, since a write costs by the kilobyte of the whole item; this is the one place that knows them. */
interface StoredProfile extends Item, StoredWatches, StoredMessages {
  readonly c: number
  readonly l: number
  readonly i?: Profile['identifiers']
  readonly t?: Profile['traits']
  readonly co?: Profile['consent']
  readonly pd?: Profile['pushDevices']
  readonly ru?: Readonly<Record<string, StoredRun>>
  readonly en?: Profile['entered']
  readonly go?: readonly StoredGoal[]
  readonly sg?: Profile['segments']
  readonly rv?: readonly [generation: number, dueAt?: number]
  readonly cv?: Readonly<Record<string, StoredConversation>>
  readonly re?: readonly string[]
  readonly al?: readonly string[]
  readonly into?: string
}

type StoredGoal = readonly [
  enrolment: string,
  journey: string,
  version: number,
  enteredAt: number,
  until: number,
  home?: string,
]

type StoredConversation = readonly [
  openedAt: number,
  channel: string,
  inAt: number,
  outAt: number,
  mutes: boolean,
  team: string | null,
  home?: string,
]

/** Everything of a customer stands in this partition. */
export function customerPartition(customer: string): string {
  return `C#${customer}`
}

export function profileKey(customer: string): Key {
  return { pk: customerPartition(customer), sk: 'PROFILE' }
}

/** The write that stores a profile, if nobody has changed it since it was read; its version grows by one. */
export function putProfile(profile: Profile): Write {
  return { put: encode(profile), when: profile.version === 0 ? 'absent' : { versionIs: profile.version } }
}

const LONGEST_CHAIN = 8

/**
 * The customer's profile, or the one she was merged into.
 * @returns undefined when there is no such customer.
 */
export async function loadProfile(
  { table }: { readonly table: Table },
  customer: string,
): Promise<Profile | undefined> {
  let id = customer
  for (let hops = 0; hops < LONGEST_CHAIN; hops++) {
    const item = await table.get(profileKey(id))
    if (item === undefined) return undefined
    const profile = decode(item)
    if (profile.mergedInto === undefined) return profile
    id = profile.mergedInto
  }
  return undefined
}

function encode(profile: Profile): StoredProfile {
  return {
    ...profileKey(profile.id),
    version: profile.version + 1,
    c: profile.createdAt,
    l: profile.lastSeenAt,
    ...filled('i', profile.identifiers),
    ...filled('t', profile.traits),
    ...filled('co', profile.consent),
    ...filled('pd', profile.pushDevices),
    ...encodeMessages(profile),
    ...filled('ru', encodeRuns(profile.runs)),
    ...filled('en', profile.entered),
    ...listed('go', profile.goals.map(encodeGoal)),
    ...filled('sg', profile.segments),
    ...encodeWatches(profile.watches),
    ...(profile.reviewed === undefined ? {} : { rv: encodeReviewed(profile.reviewed) }),
    ...filled('cv', mapValues(profile.conversations, encodeConversation)),
    ...listed('re', profile.recent),
    ...listed('al', profile.aliases),
    ...(profile.mergedInto === undefined ? {} : { into: profile.mergedInto }),
  }
}

export function decode(item: Item): Profile {
  const stored = item as StoredProfile
  return {
    id: stored.pk.slice(2),
    version: stored.version ?? 0,
    createdAt: stored.c,
    lastSeenAt: stored.l,
    identifiers: stored.i ?? {},
    traits: stored.t ?? {},
    consent: stored.co ?? {},
    pushDevices: stored.pd ?? {},
    ...decodeMessages(stored),
    runs: decodeRuns(stored.ru ?? {}),
    entered: stored.en ?? {},
    goals: (stored.go ?? []).map(decodeGoal),
    segments: stored.sg ?? {},
    watches: decodeWatches(stored),
    ...(stored.rv === undefined ? {} : { reviewed: decodeReviewed(stored.rv) }),
    conversations: mapValues(stored.cv ?? {}, decodeConversation),
    recent: stored.re ?? [],
    aliases: stored.al ?? [],
    ...(stored.into === undefined ? {} : { mergedInto: stored.into }),
  }
}

function filled<K extends string, V extends object>(name: K, value: V): { readonly [key in K]?: V } {
  for (const _ in value) return { [name]: value } as { readonly [key in K]?: V }
  return {}
}

function listed<K extends string>(name: K, list: readonly unknown[]): object {
  return list.length === 0 ? {} : { [name]: list }
}

function encodeGoal({ enrolment, journey, version, enteredAt, until, home }: GoalWatch): StoredGoal {
  const base = [enrolment, journey, version, enteredAt, until] as const
  return home === undefined ? base : [...base, home]
}

function decodeGoal([enrolment, journey, version, enteredAt, until, home]: StoredGoal): GoalWatch {
  return { enrolment, journey, version, enteredAt, until, home }
}

function encodeReviewed({ generation, dueAt }: Reviewed): NonNullable<StoredProfile['rv']> {
  return dueAt === undefined ? [generation] : [generation, dueAt]
}

function decodeReviewed([generation, dueAt]: NonNullable<StoredProfile['rv']>): Reviewed {
  return dueAt === undefined ? { generation } : { generation, dueAt }
}

function encodeConversation({
  openedAt,
  channel,
  inAt,
  outAt,
  mutes,
  team,
  home,
}: OpenConversation): StoredConversation {
  const base = [openedAt, channel, inAt, outAt, mutes, team ?? null] as const
  return home === undefined ? base : [...base, home]
}

function decodeConversation([openedAt, channel, inAt, outAt, mutes, team, home]: StoredConversation): OpenConversation {
  return { openedAt, channel, inAt, outAt, mutes, team: team ?? undefined, home }
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  const changed: Record<string, B> = {}
  for (const name in record) changed[name] = change(record[name] as A) // its own key
  return changed
}
