import type { Item, Key, Table, Write } from '../world/table.ts'
import type { Counted, GoalWatch, OpenRun, Profile } from './profile.ts'

/** Short stored names, since a write costs by the kilobyte of the whole item; this is the one place that knows them. */
interface StoredProfile extends Item {
  readonly c: number
  readonly l: number
  readonly i?: Profile['identifiers']
  readonly t?: Profile['traits']
  readonly co?: Profile['consent']
  readonly su?: Profile['suppressed']
  readonly pd?: Profile['pushDevices']
  readonly ca?: readonly (readonly [number, string, string])[]
  readonly ru?: Readonly<Record<string, StoredRun>>
  readonly en?: Profile['entered']
  readonly go?: readonly StoredGoal[]
  readonly re?: readonly string[]
  readonly al?: readonly string[]
  readonly into?: string
}

type StoredRun = readonly [
  journey: string,
  version: number,
  run: number,
  enteredAt: number,
  endsBy: number,
  wait: readonly [string, readonly string[]] | null,
  home?: string,
]
type StoredGoal = readonly [
  enrolment: string,
  journey: string,
  version: number,
  enteredAt: number,
  until: number,
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
    ...filled('su', profile.suppressed),
    ...filled('pd', profile.pushDevices),
    ...listed(
      'ca',
      profile.counted.map(({ at, channel, purpose }) => [at, channel, purpose]),
    ),
    ...filled('ru', encodeRuns(profile.runs)),
    ...filled('en', profile.entered),
    ...listed('go', profile.goals.map(encodeGoal)),
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
    suppressed: stored.su ?? {},
    pushDevices: stored.pd ?? {},
    counted: (stored.ca ?? []).map(([at, channel, purpose]): Counted => ({ at, channel, purpose })),
    runs: decodeRuns(stored.ru ?? {}),
    entered: stored.en ?? {},
    goals: (stored.go ?? []).map(decodeGoal),
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

function encodeRuns(runs: Profile['runs']): Record<string, StoredRun> {
  const stored: Record<string, StoredRun> = {}
  for (const [id, run] of Object.entries(runs)) {
    const wait = run.wait === undefined ? null : ([run.wait.step, run.wait.types] as const)
    const base = [run.journey, run.version, run.run, run.enteredAt, run.endsBy, wait] as const
    stored[id] = run.home === undefined ? base : [...base, run.home]
  }
  return stored
}

function decodeRuns(stored: Readonly<Record<string, StoredRun>>): Record<string, OpenRun> {
  const runs: Record<string, OpenRun> = {}
  for (const [id, [journey, version, run, enteredAt, endsBy, wait, home]] of Object.entries(stored)) {
    const waiting = wait === null ? undefined : { step: wait[0], types: wait[1] }
    runs[id] = { journey, version, run, enteredAt, endsBy, wait: waiting, home }
  }
  return runs
}

function encodeGoal({ enrolment, journey, version, enteredAt, until, home }: GoalWatch): StoredGoal {
  const base = [enrolment, journey, version, enteredAt, until] as const
  return home === undefined ? base : [...base, home]
}

function decodeGoal([enrolment, journey, version, enteredAt, until, home]: StoredGoal): GoalWatch {
  return { enrolment, journey, version, enteredAt, until, home }
}
