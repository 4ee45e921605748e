import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { identifierOf, later, type Profile } from './profile.ts'

/**
 * A permanent bounce and a complaint close an address for good; a passing bounce does not. The address is the one
 * the touchpoint names, or else the one we know now.
 */
export function foldSuppression(profile: Profile, touchpoint: Touchpoint): Profile['suppressed'] {
  const reason = reasonOf(touchpoint)
  const address = reason === undefined ? undefined : addressOf(profile, touchpoint)
  if (reason === undefined || address === undefined) return profile.suppressed
  const key = `${touchpoint.channel}/${address}`
  return { ...profile.suppressed, [key]: later(profile.suppressed[key], [reason, touchpoint.occurredAt]) }
}

/** Why this address may not be written to on this channel, if so. */
export function suppressionOf(profile: Profile, channel: string, address: string): string | undefined {
  return profile.suppressed[`${channel}/${address}`]?.[0]
}

function reasonOf({ type, properties }: Touchpoint): string | undefined {
  if (type === 'message.complained') return 'complained'
  return type === 'message.bounced' && properties.permanent === true ? 'bounced' : undefined
}

function addressOf(profile: Profile, { channel, identifiers }: Touchpoint): string | undefined {
  if (channel === 'email') return identifiers.email ?? identifierOf(profile, 'email')
  return channel === 'sms' ? (identifiers.phone ?? identifierOf(profile, 'phone')) : undefined
}
