import { entryWatches, exitWatches, liveWatches } from '../journeys/runs/live-watches.ts'
import { enteredBy, publishedJourneys } from '../journeys/versions/live.ts'
import type { Profile } from '../profiles/profile.ts'
import { keepWatches } from '../segments/keep-watches.ts'
import { type LiveSegments, liveSegments, touchedBy } from '../segments/live-segments.ts'
import { type MembershipChange, type Settled, settle } from '../segments/settle.ts'
import type { WatchSpec } from '../segments/watch-spec.ts'
import { MAX_DEPTH, type Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Draft } from './draft.ts'
import type { RecordWorld } from './recording.ts'
import { segmentFacts, withWatches } from './segment-facts.ts'
import { type Cause, causeOf, SEGMENT, segmentTouchpoint } from './segment-touchpoint.ts'

/** Each is a row or two of a commit that has room for a hundred; the rest follows at once. */
const MOST_CHANGES = 16

/** A profile, and the touchpoints that its change makes happen. */
export interface Consequence {
  readonly profile: Profile
  readonly caused: readonly Touchpoint[]
}

interface Happening {
  /** As it was before the touchpoint told us who she is. */
  readonly known: Profile
  readonly before: Profile
  readonly folded: Profile
  readonly touchpoint: Touchpoint
  readonly hasMerged: boolean
}

/** Keeps what conditions watch, and her memberships as far as a touchpoint can change them. */
export async function keepMemberships(world: RecordWorld, draft: Draft, happening: Happening): Promise<Consequence> {
  const { before, folded, touchpoint } = happening
  const [segments, journeys] = await Promise.all([
    liveSegments(world, before.reviewed?.generation),
    publishedJourneys(world),
  ])
  const live = liveWatches(segments, journeys)
  const profile = { ...folded, watches: keepWatches(folded, live, touchpoint) }
  const asked = segments.ordered.length === 0 ? [] : askedBy(segments, happening)
  const doors = live.size === 0 ? [] : doorsOf(journeys, profile, touchpoint)
  const specs = [...asked.flatMap(({ watches }) => watches), ...doors]
  const watching = await withWatches(world, draft, profile, specs, [touchpoint])
  if (asked.length === 0) return { profile: watching, caused: [] }
  // What changes at the last depth is changed, and starts nothing more; else a review would begin to count anew.
  if (touchpoint.depth >= MAX_DEPTH && touchpoint.source === SEGMENT)
    return { profile: reviewedBy(watching, draft.now), caused: [] }
  const facts = await segmentFacts(world, draft, watching, asked, [touchpoint])
  const settled = settle(asked, watching.segments, facts, MOST_CHANGES)
  const generation = before.reviewed?.generation ?? segments.generation
  return {
    profile: withSettled(
      watching,
      settled,
      generation,
      Math.min(settled.dueAt, watching.reviewed?.dueAt ?? Number.POSITIVE_INFINITY),
    ),
    caused: settled.changes.map((change) => segmentTouchpoint(draft.now, folded.id, change, causeOf(touchpoint))),
  }
}

/** What the journeys that she may enter or leave with a touchpoint count. */
function doorsOf(
  journeys: Awaited<ReturnType<typeof publishedJourneys>>,
  { runs }: Profile,
  { type }: Touchpoint,
): readonly WatchSpec[] {
  const running = Object.values(runs).flatMap(({ journey }) => journeys.get(journey) ?? [])
  return [...enteredBy(journeys, type).flatMap(entryWatches), ...running.flatMap(exitWatches)]
}

/** Of a new customer, and of one who turned out to be two, everything is asked. */
function askedBy(segments: LiveSegments, { known, before, touchpoint, hasMerged }: Happening): LiveSegments['ordered'] {
  const isNew = before.version === 0 && before.reviewed === undefined
  if (isNew || hasMerged) return segments.ordered
  return touchedBy(segments, {
    type: touchpoint.type,
    traits: Object.keys(touchpoint.traits ?? {}),
    consent: touchpoint.consent !== undefined,
    reachable: touchpoint.device !== undefined || before.identifiers !== known.identifiers,
  })
}

/** Looks at all her memberships, as time passes and segments are published. What her profile says of them changes in the draft. */
export async function reviewMemberships(
  world: RecordWorld,
  draft: Draft,
  customer: string,
): Promise<readonly Touchpoint[]> {
  draft.review(customer)
  const before = draft.profile(customer)
  const reached = before.reviewed?.generation ?? 0
  const { ordered, generation } = await liveSegments(world, reached)
  const profile = await withWatches(
    world,
    draft,
    before,
    ordered.flatMap(({ watches }) => watches),
    [],
  )
  const settled = settle(
    ordered,
    profile.segments,
    await segmentFacts(world, draft, profile, ordered, []),
    MOST_CHANGES,
  )
  const retired = Object.keys(profile.segments).filter((name) => ordered.every((segment) => segment.name !== name))
  const gone = retired.slice(0, MOST_CHANGES - settled.changes.length)
  const isComplete = settled.isComplete && gone.length === retired.length
  const segments = Object.fromEntries(Object.entries(settled.segments).filter(([name]) => !gone.includes(name)))
  const after = withSettled(
    profile,
    { segments },
    isComplete ? generation : reached,
    isComplete ? settled.dueAt : draft.now,
  )
  if (!isSame(before, after)) draft.change(after)
  const changes = [...settled.changes, ...gone.map((segment): MembershipChange => ({ kind: 'left', segment }))]
  const published = new Map(ordered.map((segment) => [segment.name, segment.generation]))
  const cause: Cause = { id: `review ${before.version}`, depth: 0, mode: 'live' }
  return changes.map((change) => {
    const isByPublishing = (published.get(change.segment) ?? generation) > reached
    return segmentTouchpoint(draft.now, customer, change, cause, isByPublishing)
  })
}

/** True when a segment has been published that she has not been asked about. */
export async function isToReview(
  world: RecordWorld,
  draft: Draft,
  { id, version, reviewed }: Profile,
): Promise<boolean> {
  if (version === 0 || draft.hasReviewed(id)) return false
  const { generation } = await liveSegments(world, reviewed?.generation)
  return generation > (reviewed?.generation ?? 0)
}

function withSettled(
  profile: Profile,
  { segments }: Pick<Settled, 'segments'>,
  generation: number,
  dueAt: number,
): Profile {
  return { ...profile, segments, reviewed: dueAt === Number.POSITIVE_INFINITY ? { generation } : { generation, dueAt } }
}

function reviewedBy(profile: Profile, dueAt: number): Profile {
  return { ...profile, reviewed: { generation: profile.reviewed?.generation ?? 0, dueAt } }
}

function isSame(before: Profile, after: Profile): boolean {
  return (
    before.watches === after.watches &&
    before.reviewed?.generation === after.reviewed?.generation &&
    before.reviewed?.dueAt === after.reviewed?.dueAt &&
    Object.keys(before.segments).join() === Object.keys(after.segments).join()
  )
}
