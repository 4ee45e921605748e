import { type Identifier, PERSONAL_KINDS, type StoredKind } from '../touchpoints/identifiers.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Json } from '../world/table.ts'
import { foldConsent } from './consent.ts'
import { foldEngagement } from './engagement.ts'
import { type Dated, laterIn, type Profile } from './profile.ts'
import { foldSuppression } from './suppression.ts'

/** As many ids of repeats as are looked for without reading the timeline. */
export const RECENT_IDS = 16

const MOST_PERSONAL = 5
const MOST_DEVICES = 10

/**
 * The profile after a touchpoint. Pure, idempotent and, but for `recent`, free of order: whatever order touchpoints
 * come in, the same ones give the same profile.
 */
export function fold(profile: Profile, touchpoint: Touchpoint): Profile {
  const { id, occurredAt, traits, traitsAt = occurredAt, consent, device } = touchpoint
  return {
    ...profile,
    lastSeenAt: Math.max(profile.lastSeenAt, occurredAt),
    createdAt: Math.min(profile.createdAt, occurredAt),
    traits: traits === undefined ? profile.traits : foldTraits(profile.traits, traits, traitsAt),
    consent: consent === undefined ? profile.consent : foldConsent(profile.consent, consent, occurredAt),
    ...(touchpoint.type.startsWith('message.')
      ? { ...foldSuppression(profile, touchpoint), ...foldEngagement(profile, touchpoint) }
      : {}),
    pushDevices:
      device?.pushToken === undefined
        ? profile.pushDevices
        : foldDevice(profile.pushDevices, device.id, device.pushToken !== null, occurredAt),
    recent: [id, ...profile.recent].slice(0, RECENT_IDS),
  }
}

/** Her identifiers with one more, or the same one seen again. */
export function attachIdentifier(profile: Profile, { kind, value }: Identifier, at: number): Profile {
  if (kind === 'customerId') return profile
  const known = profile.identifiers[kind] ?? []
  const [first] = known
  if (first !== undefined && first[0] === value && first[1] >= at) return profile
  return { ...profile, identifiers: { ...profile.identifiers, [kind]: withValue(kind, known, [value, at]) } }
}

/** Newest first, each value once, as many as the kind keeps. */
export function withValue(
  kind: StoredKind,
  known: readonly Dated<string>[],
  added: Dated<string>,
): readonly Dated<string>[] {
  const before = known.find(([value]) => value === added[0])
  const entry: Dated<string> = before === undefined || before[1] < added[1] ? added : before
  const others = known.filter(([value]) => value !== added[0])
  const most = PERSONAL_KINDS.includes(kind) ? MOST_PERSONAL : MOST_DEVICES
  return [...others, entry].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most)
}

function foldTraits(known: Profile['traits'], traits: Readonly<Record<string, Json>>, at: number): Profile['traits'] {
  const next: Record<string, Dated<Json>> = { ...known }
  for (const [name, value] of Object.entries(traits)) next[name] = laterIn(known, name, [value, at])
  return next
}

function foldDevice(
  known: Profile['pushDevices'],
  device: string,
  reachable: boolean,
  at: number,
): Profile['pushDevices'] {
  const all = { ...known, [device]: laterIn(known, device, [reachable, at]) }
  const entries = Object.entries(all)
  if (entries.length <= MOST_DEVICES) return all
  // Of those heard of at the same instant the name decides, so that the order of arrival does not.
  const newest = entries.sort(([one, a], [other, b]) => b[1] - a[1] || (one < other ? -1 : 1))
  return Object.fromEntries(newest.slice(0, MOST_DEVICES))
}
