import { HOUR } from '../time/duration.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { type Dated, later, type Profile } from './profile.ts'

/** As many as tell her habits; more would only make the profile larger. */
const MOST_ENGAGED = 24

const ENGAGING = new Set(['message.opened', 'message.clicked', 'message.answered'])

type Engaged = Profile['engaged']

/** True when a mail scanner or a prefetching proxy did it, and not she. */
export function isMachine({ properties }: Pick<Touchpoint, 'properties'>): boolean {
  return properties.bot === true || properties.prefetch === true
}

/** Where and at which hours she opened, followed or answered what we sent; machines and a STOP are no engagement. */
export function foldEngagement(profile: Profile, touchpoint: Touchpoint): Pick<Profile, 'engaged' | 'wrote'> {
  const { engaged, wrote } = profile
  const { type, channel, occurredAt, consent = [] } = touchpoint
  const isRefusal = consent.some(({ state }) => state === 'withdrawn')
  if (!ENGAGING.has(type) || isMachine(touchpoint) || isRefusal) return { engaged, wrote }
  return {
    engaged: joinEngaged(engaged, [[channel, occurredAt - (occurredAt % HOUR)]]),
    wrote: type === 'message.answered' ? later(wrote, [channel, occurredAt]) : wrote,
  }
}

/** Newest first, each hour of a channel once; in whatever order they come, the same ones are kept. */
export function joinEngaged(ours: Engaged, theirs: Engaged): Engaged {
  const all = new Map([...ours, ...theirs].map((one): [string, Dated<string>] => [one.join('/'), one]))
  return [...all.values()].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_ENGAGED)
}
