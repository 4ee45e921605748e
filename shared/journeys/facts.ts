import { consentState } from '../profiles/consent.ts'
import { identifierOf, type Profile, traitOf } from '../profiles/profile.ts'
import type { Facts, MessageFact, TouchpointFact } from '../segments/facts.ts'
import { valueAt } from '../segments/path.ts'
import type { EntrySnapshot } from './enrolment.ts'

interface Known {
  readonly now: number
  readonly profile: Profile
  readonly entry?: EntrySnapshot | undefined
  readonly timeline?: readonly (TouchpointFact & { readonly type: string })[] | undefined
  /** States of her dispatches, by message; `run` marks those of the run that asks. */
  readonly messages?: readonly (MessageFact & { readonly message: string; readonly run: boolean })[] | undefined
}

/** What conditions may ask about a customer, answered from what has been read. */
export function factsOf({ now, profile, entry, timeline = [], messages = [] }: Known): Facts {
  return {
    now,
    customer: profile.id,
    trait: (name) => traitOf(profile, name),
    entry: (name) => entryFact(entry, name),
    saved: () => undefined,
    touchpoints: (type, sinceAt = 0) => timeline.filter((row) => row.type === type && row.occurredAt >= sinceAt),
    inSegment: () => false,
    messages: (message, sinceAt) =>
      messages.filter((fact) => fact.message === message && (sinceAt === undefined ? fact.run : fact.at >= sinceAt)),
    consent: (purpose, channel) => consentState(profile.consent, purpose, channel) === 'given',
    reachable: (channel) => REACHABLE[channel]?.(profile) ?? false,
  }
}

const REACHABLE: Readonly<Record<string, (profile: Profile) => boolean>> = {
  email: (profile) => identifierOf(profile, 'email') !== undefined,
  sms: (profile) => identifierOf(profile, 'phone') !== undefined,
  push: ({ pushDevices }) => Object.values(pushDevices).some(([valid]) => valid),
}

function entryFact(entry: EntrySnapshot | undefined, name: string): unknown {
  return valueAt(entry?.properties, [name]) ?? valueAt(entry, [name])
}
