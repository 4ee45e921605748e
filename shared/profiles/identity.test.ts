import { describe, expect, it } from 'vitest'
import { aProfile, NOON } from '#test/builders/a-touchpoint.ts'
import { type Identifiers, listIdentifiers } from '../touchpoints/identifiers.ts'
import { detachIdentifier, mergeProfiles, resolveIdentity } from './identity.ts'
import type { Profile } from './profile.ts'

/** A customer who is known by these. */
function aCustomer(id: string, identifiers: Identifiers, more: Partial<Profile> = {}): Profile {
  const held = Object.entries(identifiers).map(([kind, value]) => [kind, [[value, NOON]]])
  return aProfile({ id, identifiers: Object.fromEntries(held), ...more })
}

function resolve(given: Identifiers, ...customers: readonly Profile[]) {
  const { customer, attach, merge, conflicts, outcome } = resolveIdentity(
    listIdentifiers(given).map((identifier) => ({
      identifier,
      owner: customers.find(
        ({ id, identifiers }) =>
          (identifier.kind === 'customerId' && identifier.value === id) ||
          (identifier.kind !== 'customerId' &&
            identifiers[identifier.kind]?.some(([value]) => value === identifier.value)),
      ),
    })),
  )
  const kinds = (list: typeof attach): readonly string[] => list.map(({ kind }) => kind)
  const others = merge.map(({ id }) => id)
  return { outcome, customer: customer?.id, attach: kinds(attach), merge: others, conflicts: kinds(conflicts) }
}

const ada = aCustomer('ada', { userId: 'u-ada', email: 'ada@example.org' })
const bob = aCustomer('bob', { userId: 'u-bob', phone: '+4520000002' })
const visitor = aCustomer('visitor', { anonymousId: 'a1', deviceId: 'd1' })
const card = aCustomer('card', { loyaltyCard: '4711' })

describe('resolveIdentity', () => {
  it('makes somebody new where nobody holds anything', () => {
    expect(resolve({ userId: 'u-new', anonymousId: 'a9' })).toEqual({
      outcome: 'created',
      customer: undefined,
      attach: ['userId', 'anonymousId'],
      merge: [],
      conflicts: [],
    })
  })

  it('finds her by any of her identifiers and keeps the new ones', () => {
    expect(resolve({ email: 'ada@example.org', phone: '+4520000001' }, ada)).toMatchObject({
      outcome: 'known',
      customer: 'ada',
      attach: ['email', 'phone'],
    })
  })

  it('merges a visitor into the customer who logs in', () => {
    expect(resolve({ userId: 'u-ada', anonymousId: 'a1' }, visitor, ada)).toMatchObject({
      outcome: 'merged',
      customer: 'ada',
      merge: ['visitor'],
    })
  })

  it('merges whoever one event brings together, into the holder of the strongest', () => {
    expect(resolve({ userId: 'u-ada', loyaltyCard: '4711', anonymousId: 'a1' }, visitor, card, ada)).toMatchObject({
      customer: 'ada',
      merge: ['card', 'visitor'],
    })
  })

  it('takes an email address that she has changed', () => {
    expect(resolve({ userId: 'u-ada', email: 'new@example.org' }, ada)).toMatchObject({
      outcome: 'known',
      customer: 'ada',
      attach: ['userId', 'email'],
    })
  })

  it('makes somebody new of who logs in on the device of another, and moves the device', () => {
    const withDevice = aCustomer('ada', { userId: 'u-ada', anonymousId: 'a1' })
    expect(resolve({ userId: 'u-new', anonymousId: 'a1' }, withDevice)).toMatchObject({
      outcome: 'created',
      customer: undefined,
      attach: ['userId', 'anonymousId'],
    })
  })

  it('leaves a strong identifier with whom it belongs to, and notes the conflict', () => {
    expect(resolve({ userId: 'u-ada', phone: '+4520000002' }, ada, bob)).toMatchObject({
      outcome: 'conflict',
      customer: 'ada',
      attach: ['userId'],
      conflicts: ['phone'],
    })
  })

  it('does not let an event that names one customer swallow another through a third', () => {
    expect(resolve({ userId: 'u-new', loyaltyCard: '4711', phone: '+4520000002' }, card, bob)).toMatchObject({
      customer: 'card',
      attach: ['userId', 'loyaltyCard'],
      merge: [],
      conflicts: ['phone'],
    })
  })

  it('takes our own id as the strongest of all', () => {
    expect(resolve({ customerId: 'ada', phone: '+4520000001' }, ada)).toMatchObject({
      customer: 'ada',
      outcome: 'known',
    })
  })
})

describe('mergeProfiles', () => {
  it('keeps where the rows of runs and goals stand', () => {
    const run = { journey: 'welcome', version: 1, run: 1, enteredAt: NOON, endsBy: NOON }
    const goal = { enrolment: 'e1', journey: 'welcome', version: 1, enteredAt: NOON, until: NOON }
    const other = aCustomer('visitor', {}, { runs: { e1: run, e2: { ...run, home: 'older' } }, goals: [goal] })
    const merged = mergeProfiles(aCustomer('ada', {}, { runs: { e3: run } }), other)
    expect(Object.entries(merged.runs).map(([id, { home }]) => [id, home])).toEqual([
      ['e1', 'visitor'],
      ['e2', 'older'],
      ['e3', undefined],
    ])
    expect(merged.goals).toEqual([{ ...goal, home: 'visitor' }])
  })

  it('remembers the latest entry into each journey, so that "once" stays once', () => {
    const merged = mergeProfiles(
      aCustomer('ada', {}, { entered: { welcome: 5, offer: 1 } }),
      aCustomer('visitor', {}, { entered: { welcome: 9 } }),
    )
    expect(merged.entered).toEqual({ welcome: 9, offer: 1 })
  })
})

describe('detachIdentifier', () => {
  it('takes one value of a kind away, and the kind with the last', () => {
    const two = aProfile({
      identifiers: {
        deviceId: [
          ['d1', 2],
          ['d2', 1],
        ],
        userId: [['u', 1]],
      },
    })
    const one = detachIdentifier(two, { kind: 'deviceId', value: 'd1' })
    expect(one.identifiers).toEqual({ deviceId: [['d2', 1]], userId: [['u', 1]] })
    expect(detachIdentifier(one, { kind: 'deviceId', value: 'd2' }).identifiers).toEqual({ userId: [['u', 1]] })
  })
})
