import { DAY } from '../time/duration.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { identifierOf, later, type Profile } from './profile.ts'

/** So many passing bounces in so long, and an address counts as dead. */
const BOUNCES = 3
const BOUNCE_WINDOW = 3 * DAY

/** Enough of the latest that a late one cannot hide those that closed the address. */
const MOST_BOUNCES = 6

type Closing = Pick<Profile, 'suppressed' | 'bounces'>

/**
 * A permanent bounce and a complaint close an address for good; a passing bounce is remembered. The address is the one
 * the touchpoint names, or else the one we know now.
 */
export function foldSuppression(profile: Profile, touchpoint: Touchpoint): Closing {
  const { suppressed, bounces } = profile
  const what = whatHappened(touchpoint)
  const address = what === undefined ? undefined : addressOf(profile, touchpoint)
  if (what === undefined || address === undefined) return { suppressed, bounces }
  const key = `${touchpoint.channel}/${address}`
  const { occurredAt } = touchpoint
  if (what === 'bounced for now')
    return { suppressed, bounces: { ...bounces, [key]: joinInstants(bounces[key], [occurredAt]) } }
  return { suppressed: { ...suppressed, [key]: later(suppressed[key], [what, occurredAt]) }, bounces }
}

/** Why this address may not be written to on this channel, if so. */
export function suppressionOf(profile: Profile, channel: string, address: string): string | undefined {
  const key = `${channel}/${address}`
  return profile.suppressed[key]?.[0] ?? (closedAt(profile.bounces[key] ?? []) === undefined ? undefined : TOO_OFTEN)
}

const TOO_OFTEN = `bounced ${BOUNCES} times in 72 hours`

/** All addresses that are closed, by `channel/address`, with the reason and since when. */
export function closedAddresses({ suppressed, bounces }: Closing): Profile['suppressed'] {
  const bounced = Object.entries(bounces).flatMap(([key, instants]) => {
    const at = closedAt(instants)
    return at === undefined ? [] : [[key, [TOO_OFTEN, at]] as const]
  })
  return { ...Object.fromEntries(bounced), ...suppressed }
}

/** What two records know of the same address. */
export function joinBounces(ours: Profile['bounces'], theirs: Profile['bounces']): Profile['bounces'] {
  const joined: Record<string, readonly number[]> = { ...ours }
  for (const [key, instants] of Object.entries(theirs)) joined[key] = joinInstants(joined[key], instants)
  return joined
}

/** Newest first. The same report twice is one bounce, and so are two at the same instant. */
function joinInstants(ours: readonly number[] = [], theirs: readonly number[]): readonly number[] {
  return [...new Set([...ours, ...theirs])].sort((a, b) => b - a).slice(0, MOST_BOUNCES)
}

/** When the last of the bounces came that together closed it. */
function closedAt(newestFirst: readonly number[]): number | undefined {
  return newestFirst.find((at, place) => {
    const first = newestFirst[place + BOUNCES - 1]
    return first !== undefined && at - first <= BOUNCE_WINDOW
  })
}

/** Bounces that are about this one message, and say nothing of the address. */
const ABOUT_THE_MESSAGE = /\/(MessageTooLarge|ContentRejected|AttachmentRejected)$/

function whatHappened({ type, properties }: Touchpoint): 'complained' | 'bounced' | 'bounced for now' | undefined {
  if (type === 'message.complained') return 'complained'
  if (type !== 'message.bounced') return undefined
  if (properties.permanent === true) return 'bounced'
  return ABOUT_THE_MESSAGE.test(String(properties.reason)) ? undefined : 'bounced for now'
}

function addressOf(profile: Profile, { channel, identifiers }: Touchpoint): string | undefined {
  if (channel === 'email') return identifiers.email ?? identifierOf(profile, 'email')
  return channel === 'sms' ? (identifiers.phone ?? identifierOf(profile, 'phone')) : undefined
}
