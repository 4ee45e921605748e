import type { Condition } from '../../segments/condition.ts'
import type { LiveSegments } from '../../segments/live-segments.ts'
import { type WatchSpec, watchesOf } from '../../segments/watch-spec.ts'
import type { LiveJourney } from '../versions/live.ts'

/** All that profiles remember for conditions that are asked when touchpoints are recorded, by key. */
export type LiveWatches = ReadonlyMap<string, WatchSpec>

type Journeys = ReadonlyMap<string, LiveJourney>

const known = new WeakMap<LiveSegments, { readonly journeys: Journeys; readonly watches: LiveWatches }>()

/** What segments and the entries and exits of journeys count. */
export function liveWatches(segments: LiveSegments, journeys: Journeys): LiveWatches {
  const before = known.get(segments)
  if (before?.journeys === journeys) return before.watches
  const doors = [...journeys.values()].flatMap((journey) => [...entryWatches(journey), ...exitWatches(journey)])
  const all = [...segments.ordered.flatMap((segment) => segment.watches), ...doors]
  const watches = new Map(all.map((spec) => [spec.key, spec]))
  known.set(segments, { journeys, watches })
  return watches
}

/** What decides whether she enters. */
export function entryWatches({ content }: LiveJourney): readonly WatchSpec[] {
  return watchesOfAny([content.document.enter.if])
}

/** What decides whether she leaves. */
export function exitWatches({ content }: LiveJourney): readonly WatchSpec[] {
  return watchesOfAny(content.document.exit.map((exit) => exit.if))
}

function watchesOfAny(conditions: readonly (Condition | undefined)[]): readonly WatchSpec[] {
  return conditions.flatMap((condition) => (condition === undefined ? [] : watchesOf(condition)))
}
