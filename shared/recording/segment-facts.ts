import type { Dispatch } from '../dispatches/dispatch-row.ts'
import { factsOf, isUnwatched } from '../journeys/runs/facts.ts'
import { messageFacts, readDispatches } from '../journeys/runs/message-facts.ts'
import type { Profile } from '../profiles/profile.ts'
import { readPast, readTimeline } from '../profiles/timeline.ts'
import type { Facts } from '../segments/facts.ts'
import { filledWatch } from '../segments/keep-watches.ts'
import type { LiveSegment } from '../segments/live-segments.ts'
import type { WatchSpec } from '../segments/watch-spec.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Draft } from './draft.ts'
import type { RecordWorld } from './recording.ts'

/** What has just happened and is not in the draft's timeline yet. */
type Latest = readonly Touchpoint[]

/** Her profile with the watches that are asked for: those that are missing are filled from her timeline. */
export async function withWatches(
  world: RecordWorld,
  draft: Draft,
  profile: Profile,
  asked: readonly WatchSpec[],
  latest: Latest,
): Promise<Profile> {
  const missing = asked.filter(({ key }) => !Object.hasOwn(profile.watches, key))
  if (missing.length === 0) return profile
  const { rows, sinceAt } = await readPast(world, profile)
  const past = [...latest, ...draft.timelineOf(profile), ...rows]
  const filled = missing.map((spec) => [spec.key, filledWatch(spec, past, sinceAt)] as const)
  return { ...profile, watches: { ...profile.watches, ...Object.fromEntries(filled) } }
}

/** What the segments may ask about her now; from storage only what they ask and her profile does not remember. */
export async function segmentFacts(
  world: RecordWorld,
  draft: Draft,
  profile: Profile,
  segments: readonly LiveSegment[],
  latest: Latest,
): Promise<Facts> {
  const [timeline, dispatches] = await Promise.all([
    segments.some(({ needs }) => isUnwatched(profile, needs)) ? readTimeline(world, profile) : [],
    segments.some(({ needs }) => needs.messages.length > 0) ? readDispatches(world.table, profile) : [],
  ])
  const recent = [...latest, ...draft.timelineOf(profile)]
  return factsOf({
    now: draft.now,
    profile,
    timeline: [...recent, ...timeline],
    messages: messageFacts(dispatches.map((dispatch) => withFeedback(dispatch, recent))),
  })
}

/** What this commit will note at a dispatch. */
function withFeedback(
  dispatch: Dispatch,
  recent: readonly Pick<Touchpoint, 'type' | 'properties' | 'occurredAt'>[],
): Dispatch {
  const about = recent.filter(
    ({ properties, type }) => properties.dispatch === dispatch.id && type.startsWith('message.'),
  )
  const noted = about.map(({ type, occurredAt }) => [`${type.slice('message.'.length)}At`, occurredAt])
  return { ...dispatch, ...Object.fromEntries(noted) }
}
