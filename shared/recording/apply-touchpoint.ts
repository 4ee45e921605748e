import { isOutdated } from '../conversations/converse.ts'
import { liveBrand } from '../dispatches/brand-documents.ts'
import { nextTurn } from '../journeys/entries/pace.ts'
import { advance } from '../journeys/runs/advance.ts'
import { enrolmentKey, readEnrolment } from '../journeys/runs/enrolment.ts'
import { openRun, withLast } from '../journeys/runs/run-guard.ts'
import type { Situation } from '../journeys/runs/situation.ts'
import { journeyControls } from '../journeys/versions/control.ts'
import { enteredBy, journeyVersion, type LiveJourney, publishedJourneys } from '../journeys/versions/live.ts'
import { withAdditions } from '../profiles/additions.ts'
import { attachIdentifier, fold } from '../profiles/fold.ts'
import { identifierName } from '../profiles/identifier-rows.ts'
import { detachIdentifier, mergeProfiles, type Resolution, resolveIdentity, tombstone } from '../profiles/identity.ts'
import { newProfile, type Profile } from '../profiles/profile.ts'
import { readTimeline } from '../profiles/timeline.ts'
import type { TimelineRow } from '../profiles/timeline-row.ts'
import { type Identifier, listIdentifiers } from '../touchpoints/identifiers.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { addRows } from './add-rows.ts'
import { applyEffect } from './apply-effect.ts'
import { comingStarts } from './coming-starts.ts'
import { answerToKeyword } from './conversations/answer-keyword.ts'
import type { Draft } from './draft.ts'
import { talkOf } from './keep-conversations.ts'
import { isToReview, keepMemberships, reviewMemberships } from './keep-memberships.ts'
import { onceAtATime } from './once-at-a-time.ts'
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
  if (isOutdated(customer, incoming))
    return { outcome: 'rejected', reason: 'The conversation has gone on meanwhile, so it is not closed.' }
  const hasMerged = resolution.merge.length > 0
  const one = join(draft, customer, resolution, usedAt(incoming))
  const joined = hasMerged ? await onceAtATime(world, draft, one) : one
  const before = afterStep(await reviewed(world, draft, joined, lessons), incoming)
  const recognised = recogniseAnswer(withAdditions(incoming, before))
  const talk = await talkOf(world, fold(before, recognised), recognised)
  const { profile: folded, touchpoint } = talk
  const happening = { known: customer, before, folded, touchpoint, hasMerged }
  const { profile: after, caused } = await keepMemberships(world, draft, happening)
  draft.change(after)
  for (const write of await comingStarts(world, before, after)) draft.add(write, { of: 'record' })
  const effects = await advance(await situationOf(world, draft, { before, after, touchpoint, hasMerged }, lessons))
  for (const effect of effects) applyEffect(draft, after.id, touchpoint, effect)
  addRows(draft, touchpoint, { before, customer: after.id, resolution, effects, missing: lessons.missing })
  const justNow = draft.timelineOf(before)
  for (const write of [...talk.writes, ...(await answerToKeyword(world, { before, touchpoint, justNow }))])
    draft.add(write, { of: 'record' })
  if (talk.opening !== undefined) await applyCaused(world, draft, talk.opening, lessons)
  for (const change of caused) await applyCaused(world, draft, change, lessons)
  return { outcome: 'recorded', customer: after.id }
}

/** Her profile once the segments that were published since are asked about it as it was. */
async function reviewed(world: RecordWorld, draft: Draft, profile: Profile, lessons: Lessons): Promise<Profile> {
  if (!(await isToReview(world, draft, profile))) return profile
  draft.change(profile)
  for (const change of await reviewMemberships(world, draft, profile.id))
    await applyCaused(world, draft, change, lessons)
  return draft.profile(profile.id)
}

/** A touchpoint that another one makes happen, in the same commit. */
export async function applyCaused(
  world: RecordWorld,
  draft: Draft,
  caused: Touchpoint,
  lessons: Lessons,
): Promise<void> {
  const { customerId: value = '' } = caused.identifiers
  draft.hold(identifierName({ kind: 'customerId', value }), value)
  await applyTouchpoint(world, draft, caused, lessons)
}

/**
 * When she last used the identifiers of a touchpoint, which decides where we write to. What a provider reports of a
 * message is no use of hers, unless she answered: a late bounce, or a machine that opens what comes to an old mailbox,
 * must not bring an address back that she has left.
 */
function usedAt({ type, occurredAt }: Touchpoint): number {
  return type.startsWith('message.') && type !== 'message.answered' ? 0 : occurredAt
}

/**
 * Where a step of a run made the touchpoint, that run goes on from there.
 * @throws Left when the run has ended or been replaced since: the step is no longer to be done.
 */
function afterStep(profile: Profile, { causedBy: enrolment = '', step, recordedAt: at }: Touchpoint): Profile {
  if (step === undefined) return profile
  openRun(profile, { enrolment, run: step.run })
  return step.waits ? profile : withLast(profile, { enrolment, step: step.id, occurrence: step.occurrence }, { at })
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

type Moment = Pick<Situation, 'before' | 'after' | 'touchpoint' | 'hasMerged'>

export async function situationOf(
  world: RecordWorld,
  draft: Draft,
  moment: Moment,
  { enrolments, turns }: Lessons,
): Promise<Situation> {
  const { after, touchpoint } = moment
  const live = enteredBy(await publishedJourneys(world), touchpoint.type)
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
      if (made !== undefined) return made
      const item = await world.table.get(enrolmentKey(home, enrolment))
      return item === undefined ? undefined : readEnrolment(item)
    },
    brand: () => liveBrand(world),
    isRetired: async (journey) => (await journeyControls(world)).get(journey)?.retired !== undefined,
    turnIn: (journey, enrolment) => turnOf(world, turns, journey, enrolment),
    hasEnded: (enrolment) => enrolments.has(enrolment) || draft.enrolment(enrolment)?.state === 'ended',
  }
}

/** An attempt that failed has taken her turn already. */
async function turnOf(
  world: RecordWorld,
  turns: Lessons['turns'],
  { name, content }: LiveJourney,
  enrolment: string,
): Promise<number | undefined> {
  const { pace } = content.document.enter
  if (pace === undefined) return undefined
  if (!turns.has(enrolment)) turns.set(enrolment, await nextTurn(world, name, pace))
  return turns.get(enrolment)
}

/** What the same batch has brought just before, and is not in the table yet. */
function timelineInDraft(draft: Draft, profile: Profile, sinceAt: number): readonly TimelineRow[] {
  return draft.timelineOf(profile).filter(({ occurredAt }) => occurredAt >= sinceAt)
}
