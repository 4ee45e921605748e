import type { ConsentChange } from '../touchpoints/touchpoint.ts'
import { type Dated, later, type Profile } from './profile.ts'

type Consent = Profile['consent']

export type ConsentState = 'given' | 'withdrawn' | 'none'

/**
 * What she allowed for a purpose on a channel. A withdrawal for all purposes (a STOP, say) counts against everything
 * given before it; giving all purposes back allows nothing by itself but lifts such a withdrawal.
 */
export function consentState(consent: Consent, purpose: string, channel: string): ConsentState {
  const own = consent[`${purpose}/${channel}`]
  const all = consent[`*/${channel}`]
  if (all?.[0] === 'withdrawn' && (own === undefined || all[1] >= own[1])) return 'withdrawn'
  return own?.[0] ?? 'none'
}

/** True when she withdrew everything on this channel: then even service messages stay away from it. */
export function isChannelStopped(consent: Consent, channel: string): boolean {
  return consent[`*/${channel}`]?.[0] === 'withdrawn'
}

/** Folds changes in; of two for the same purpose and channel the later wins. */
export function foldConsent(consent: Consent, changes: readonly ConsentChange[], at: number): Consent {
  const next: Record<string, Dated<'given' | 'withdrawn'>> = { ...consent }
  for (const { purpose, channel, state } of changes) {
    const key = `${purpose}/${channel}`
    next[key] = later(next[key], [state, at])
  }
  return next
}

/** On a merge the stricter of two states stands: a withdrawal is never undone by joining records. */
export function stricterConsent(one: Consent, other: Consent): Consent {
  const joined: Record<string, Dated<'given' | 'withdrawn'>> = { ...one }
  for (const [key, theirs] of Object.entries(other)) {
    const ours = joined[key]
    if (ours === undefined || (theirs[0] === 'withdrawn' && ours[0] === 'given')) joined[key] = theirs
    else if (ours[0] === theirs[0]) joined[key] = later(ours, theirs)
  }
  return joined
}
