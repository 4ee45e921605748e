import { numberIn } from '../documents/fields.ts'
import { advance } from '../journeys/advance.ts'
import { enrolmentKey, readEnrolment } from '../journeys/enrolment.ts'
import { enteredBy, journeyVersion, liveJourneys } from '../journeys/live.ts'
import type { Situation } from '../journeys/situation.ts'
import { attachIdentifier, fold } from '../profiles/fold.ts'
import { identifierName } from '../profiles/identifier-rows.ts'
import { detachIdentifier, mergeProfiles, type Resolution, resolveIdentity, tombstone } from '../profiles/identity.ts'
import { newProfile, type Profile, traitOf } from '../profiles/profile.ts'
import { readTimeline } from '../profiles/timeline.ts'
import type { TimelineRow } from '../profiles/timeline-row.ts'
import { type Identifier, listIdentifiers } from '../touchpoints/identifiers.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Json } from '../world/table.ts'
import { addRows } from './add-rows.ts'
import { applyEffect } from './apply-effect.ts'
import type { Draft } from './draft.ts'
import { recogniseAnswer } from './recognise-answer.ts'
import type { Lessons, Recorded, RecordWorld } from './recording.ts'

/** Folds one touchpoint into the draft, with all that it causes. */
export async function applyTouchpoint(
  world: RecordWorld,
  draft: Draft,
  incoming: Touchpoint,
  lessons: Lessons,
): Promise<Recorded> {
  const identifiers = listIdentifiers(incoming.identifiers)
  const resolution = resolveIdentity(
    identifiers.map((identifier) => ({ identifier, owner: draft.holderOf(identifier) })),
  )
  if (incoming.identifiers.customerId !== undefined && resolution.customer === undefined)
    return { outcome: 'rejected', reason: 'identifiers.customerId: There is no such customer.' }
  const customer = resolution.customer ?? newProfile(world.ids.next(), incoming.occurredAt)
  if (customer.recent.includes(incoming.id) || lessons.duplicates.has(incoming.id))
    return { outcome: 'duplicate', customer: customer.id }
  const before = join(draft, customer, resolution, usedAt(incoming))
  const touchpoint = recogniseAnswer(withAmounts(incoming, before))
  const after = fold(before, touchpoint)
  draft.change(after)
  const hasMerged = resolution.merge.length > 0
  const effects = await advance(await situationOf(world, draft, { before, after, touchpoint, hasMerged }, lessons))
  for (const effect of effects) applyEffect(draft, after.id, touchpoint, effect)
  addRows(draft, touchpoint, { before, customer: after.id, resolution, effects, missing: lessons.missing })
  return { outcome: 'recorded', customer: after.id }
}

/**
 * When she last used the identifiers of a touchpoint, which decides where we write to. What a provider reports of a
 * message is no use of hers, unless she answered: a late bounce, or a machine that opens what comes to an old mailbox,
 * must not bring an address back that she has left.
 */
function usedAt({ type, occurredAt }: Touchpoint): number {
  return type.startsWith('message.') && type !== 'message.answered' ? 0 : occurredAt
}

/** Her profile with the identifiers of the touchpoint, and with whoever turned out to be her. */
function join(draft: Draft, customer: Profile, { attach, merge }: Resolution, at: number): Profile {
  let joined = customer
  for (const other of merge) {
    joined = mergeProfiles(joined, other)
    draft.change(tombstone(other, customer.id))
    for (const identifier of identifiersOf(other)) {
      draft.hold(identifierName(identifier), other.id)
      draft.attach(identifier, customer.id)
    }
  }
  for (const identifier of attach) {
    const holder = draft.holderOf(identifier)
    if (holder !== undefined && holder.id !== customer.id) draft.change(detachIdentifier(holder, identifier))
    draft.attach(identifier, customer.id)
    joined = attachIdentifier(joined, identifier, at)
  }
  return joined
}

function identifiersOf({ identifiers }: Profile): readonly Identifier[] {
  return Object.entries(identifiers).flatMap(([kind, values]) =>
    values.map(([value]) => ({ kind: kind as Identifier['kind'], value })),
  )
}

/**
 * Amounts are added to what the traits are at this moment of the commit, and the sums count as later than those,
 * whatever the clock of a phone said: so that no addition is lost.
 */
function withAmounts(touchpoint: Touchpoint, profile: Profile): Touchpoint {
  if (touchpoint.add === undefined) return touchpoint
  const sums = Object.entries(touchpoint.add).map(([name, amount]) => [
    name,
    (numberIn(traitOf(profile, name)) ?? 0) + amount,
  ])
  const traits: Readonly<Record<string, Json>> = { ...touchpoint.traits, ...Object.fromEntries(sums) }
  const known = Object.entries(profile.traits).filter(([name]) => Object.hasOwn(traits, name))
  return { ...touchpoint, traits, traitsAt: Math.max(touchpoint.occurredAt, ...known.map(([, [, at]]) => at + 1)) }
}

type Moment = Pick<Situation, 'before' | 'after' | 'touchpoint' | 'hasMerged'>

async function situationOf(
  world: RecordWorld,
  draft: Draft,
  moment: Moment,
  { enrolments }: Lessons,
): Promise<Situation> {
  const { after, touchpoint } = moment
  const live = enteredBy(await liveJourneys(world), touchpoint.type)
  return {
    ...moment,
    now: draft.now,
    live,
    versionOf: ({ journey, version }) => journeyVersion(world, journey, version),
    timeline: async (sinceAt) => [
      ...timelineInDraft(draft, after, sinceAt),
      ...(await readTimeline(world, after, { sinceAt })),
    ],
    entryOf: async (enrolment, home) => {
      const made = draft.enrolment(enrolment)
      if (made !== undefined) return made.entry
      const item = await world.table.get(enrolmentKey(home, enrolment))
      return item === undefined ? undefined : readEnrolment(item).entry
    },
    hasEnded: (enrolment) => enrolments.has(enrolment) || draft.enrolment(enrolment)?.state === 'ended',
  }
}

/** What the same batch has brought just before, and is not in the table yet. */
function timelineInDraft(draft: Draft, profile: Profile, sinceAt: number): readonly TimelineRow[] {
  return draft.timelineOf(profile).filter(({ occurredAt }) => occurredAt >= sinceAt)
}
