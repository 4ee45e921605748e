import { consentState, isChannelStopped } from '../profiles/consent.ts'
import type { Gate } from './gate.ts'

/** Service messages need no consent, but nothing goes to a channel that she stopped altogether. */
export const consentGate: Gate = ({ profile, purpose, purposeName, channel }) => {
  if (isChannelStopped(profile.consent, channel)) return purpose.isLastWord ? undefined : { code: 'stopped' }
  if (!purpose.needsConsent) return undefined
  const state = consentState(profile.consent, purposeName, channel)
  if (state === 'given') return undefined
  return { code: state === 'withdrawn' ? 'consent-withdrawn' : 'no-consent' }
}
