import { consentState } from '../../profiles/consent.ts'
import { identifierOf, type Profile, traitOf } from '../../profiles/profile.ts'
import type { Watch } from '../../profiles/watch.ts'
import type { Did } from '../../segments/conditions/did.ts'
import type { Facts, TouchpointFact } from '../../segments/facts.ts'
import type { Needs } from '../../segments/needs.ts'
import { valueAt } from '../../segments/path.ts'
import { watchOf } from '../../segments/watch-spec.ts'
import type { EntrySnapshot, RunMemory } from './enrolment.ts'
import type { KnownMessage } from './message-facts.ts'

interface Known extends Partial<RunMemory> {
  readonly now: number
  readonly profile: Profile
  readonly timeline?: readonly (TouchpointFact & { readonly type: string })[] | undefined
  readonly messages?: readonly KnownMessage[] | undefined
}

/** What conditions may ask about a customer, answered from what has been read. */
export function factsOf({ now, profile, entry, saved, timeline = [], messages = [] }: Known): Facts {
  return {
    now,
    customer: profile.id,
    trait: (name) => traitOf(profile, name),
    entry: (name) => entryFact(entry, name),
    saved: (name) => valueAt(saved, [name]),
    touchpoints: (type, sinceAt = 0) => timeline.filter((row) => row.type === type && row.occurredAt >= sinceAt),
    watch: (condition) => watchIn(profile, condition),
    inSegment: (segment) => Object.hasOwn(profile.segments, segment),
    messages: (message, sinceAt) =>
      messages.filter((fact) => fact.message === message && (sinceAt === undefined ? fact.run : fact.at >= sinceAt)),
    consent: (purpose, channel) => consentState(profile.consent, purpose, channel) === 'given',
    reachable: (channel) => REACHABLE[channel]?.(profile) ?? false,
  }
}

/** True when some of what is needed stands in her timeline only. */
export function isUnwatched(profile: Pick<Profile, 'watches'>, { touchpoints }: Pick<Needs, 'touchpoints'>): boolean {
  return touchpoints.some((condition) => watchIn(profile, condition) === undefined)
}

/** What her profile remembers for a condition; undefined where her timeline has to be read. */
export function watchIn({ watches }: Pick<Profile, 'watches'>, condition: Did): Watch | undefined {
  const key = watchOf(condition)?.key
  return key !== undefined && Object.hasOwn(watches, key) ? watches[key] : undefined
}

const REACHABLE: Readonly<Record<string, (profile: Profile) => boolean>> = {
  email: (profile) => identifierOf(profile, 'email') !== undefined,
  sms: (profile) => identifierOf(profile, 'phone') !== undefined,
  push: ({ pushDevices }) => Object.values(pushDevices).some(([valid]) => valid),
}

function entryFact(entry: EntrySnapshot | undefined, name: string): unknown {
  return valueAt(entry?.properties, [name]) ?? valueAt(entry, [name])
}
