import * as fc from 'fast-check'
import { newProfile, type Profile } from '#shared/profiles/profile.ts'
import { PERSONAL_KINDS, type StoredKind } from '#shared/touchpoints/identifiers.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import type { Json } from '#shared/world/table.ts'

export const NOON = Date.parse('2026-03-10T12:00:00Z')

/** A touchpoint as it comes out of `parseTouchpoint`. */
export function aTouchpoint(known: Partial<Touchpoint> = {}): Touchpoint {
  return {
    id: 'tp-1',
    type: 'page.viewed',
    occurredAt: NOON,
    recordedAt: NOON,
    timed: true,
    channel: 'app',
    direction: 'in',
    identifiers: { userId: 'ada' },
    properties: {},
    depth: 0,
    mode: 'live',
    source: 'test',
    ...known,
  }
}

export function aProfile(known: Partial<Profile> = {}): Profile {
  return { ...newProfile('cus_ada', NOON), ...known }
}

/** Few instants, so that two things often happen at once. */
export const anInstant = fc.integer({ min: 0, max: 8 }).map((minutes) => NOON + minutes * 60_000)

/** Few names, and among them those that a plain object has from birth. */
const aName = fc.constantFrom('plan', 'points', 'constructor', 'toString', 'valueOf')

const aValue: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom('free', 'pro', '10'),
  fc.integer({ min: 0, max: 12 }),
  fc.boolean(),
  fc.constant(null),
  fc.constant(['a', 'b']),
)

const aConsentChange = fc.record({
  purpose: fc.constantFrom('offers', 'loyalty', '*'),
  channel: fc.constantFrom('email', 'sms'),
  state: fc.constantFrom('given' as const, 'withdrawn' as const),
})

const aDevice = fc.record({
  id: fc.oneof(
    fc.constantFrom('phone', 'constructor'),
    fc.integer({ min: 0, max: 14 }).map((n) => `device-${n}`),
  ),
  pushToken: fc.constantFrom('token', null),
})

/** Touchpoints of one customer, with whatever a touchpoint can change in her profile. */
export const someTouchpoint: fc.Arbitrary<Touchpoint> = fc
  .record(
    {
      id: fc.integer({ min: 0, max: 40 }).map((n) => `tp-${n}`),
      type: fc.constantFrom(
        'page.viewed',
        'message.bounced',
        'message.complained',
        'message.clicked',
        'message.answered',
      ),
      occurredAt: anInstant,
      channel: fc.constantFrom('email', 'sms', 'app'),
      identifiers: fc.constantFrom({ email: 'ada@example.org' }, { phone: '+4520123456' }, { userId: 'ada' }),
      properties: fc.constantFrom({}, { permanent: true }, { permanent: false }),
      traits: fc.dictionary(aName, aValue, { maxKeys: 3 }),
      consent: fc.array(aConsentChange, { maxLength: 3 }),
      device: aDevice,
    },
    { requiredKeys: ['id', 'type', 'occurredAt', 'channel', 'identifiers', 'properties'] },
  )
  .map((known) => aTouchpoint(known))

const few: Readonly<Record<StoredKind, readonly string[]>> = {
  userId: ['u1', 'u2', 'u3'],
  loyaltyCard: ['c1', 'c2'],
  email: ['a@example.org', 'b@example.org', 'c@example.org'],
  phone: ['+4520000001', '+4520000002'],
  deviceId: ['d1', 'd2'],
  anonymousId: ['a1', 'a2', 'a3'],
}

/** Identifiers of an event from a small world, so that customers meet: at least one, at most one of each kind. */
export const someIdentifiers = fc
  .record(
    Object.fromEntries(Object.entries(few).map(([kind, values]) => [kind, fc.constantFrom(...values)])) as Record<
      StoredKind,
      fc.Arbitrary<string>
    >,
    { requiredKeys: [] },
  )
  .filter((identifiers) => Object.keys(identifiers).length > 0)

const aChannelName = fc.constantFrom('email', 'sms')

/** A profile with everything a merge has to join; each kind of identifier holds one value at the most. */
export function someProfile(id: string): fc.Arbitrary<Profile> {
  const dated = <T>(value: fc.Arbitrary<T>) => fc.tuple(value, anInstant)
  return fc
    .record({
      identifiers: fc.record(
        Object.fromEntries(
          [...PERSONAL_KINDS, 'anonymousId' as const].map((kind) => [
            kind,
            fc.tuple(dated(fc.constantFrom(...few[kind]))),
          ]),
        ),
        { requiredKeys: [] },
      ),
      traits: fc.dictionary(aName, dated(aValue), { maxKeys: 3 }),
      consent: fc.dictionary(
        fc.tuple(fc.constantFrom('offers', 'loyalty', '*'), aChannelName).map((pair) => pair.join('/')),
        dated(fc.constantFrom('given' as const, 'withdrawn' as const)),
      ),
      suppressed: fc.dictionary(
        fc.constantFrom('email/a@example.org', 'sms/+4520000001'),
        dated(fc.constant('bounced')),
      ),
      pushDevices: fc.dictionary(fc.constantFrom('phone', 'tablet'), dated(fc.boolean())),
      entered: fc.dictionary(fc.constantFrom('welcome', 'win-back'), anInstant),
      counted: fc.array(
        fc.record({ at: anInstant, channel: aChannelName, purpose: fc.constantFrom('offers', 'loyalty') }),
        { maxLength: 4 },
      ),
      createdAt: anInstant,
      lastSeenAt: anInstant,
      recent: fc.constant([`${id}-1`, `${id}-2`]),
    })
    .map((known) => aProfile({ ...known, id } as Partial<Profile>))
}
