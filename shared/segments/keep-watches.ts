import type { Profile } from '../profiles/profile.ts'
import { NO_MATCHES, type Watch } from '../profiles/watch.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { type WatchSpec, watched } from './watch-spec.ts'

type Watches = Profile['watches']

/**
 * A profile's watches after a touchpoint. What is not in `live` is dropped: it would miss touchpoints from now on.
 * Of a new customer everything is known; of others a watch that is missing is filled when it is asked for.
 */
export function keepWatches(
  { watches, version }: Pick<Profile, 'watches' | 'version'>,
  live: ReadonlyMap<string, WatchSpec>,
  touchpoint: Touchpoint,
): Watches {
  const isNew = version === 0
  const isAsBefore =
    !isNew && Object.keys(watches).every((key) => live.get(key)?.type !== touchpoint.type && live.has(key))
  if (isAsBefore || live.size === 0) return live.size === 0 ? {} : watches
  const kept: Record<string, Watch> = {}
  for (const [key, spec] of live) {
    const watch = Object.hasOwn(watches, key) ? watches[key] : isNew ? NO_MATCHES : undefined
    if (watch !== undefined) kept[key] = watched(watch, spec, touchpoint)
  }
  return kept
}

/** A watch that is made of what she did so far, of which everything since `sinceAt` is given. */
export function filledWatch(
  spec: WatchSpec,
  past: readonly Pick<Touchpoint, 'id' | 'type' | 'occurredAt' | 'channel' | 'properties'>[],
  sinceAt: number | undefined,
): Watch {
  const watch = past.reduce<Watch>((so, touchpoint) => watched(so, spec, touchpoint), NO_MATCHES)
  const isExact =
    sinceAt === undefined || watch.matches.length === spec.keep || sinceAt <= (spec.condition.sinceAt ?? 0)
  return isExact ? watch : { ...watch, sinceAt }
}
