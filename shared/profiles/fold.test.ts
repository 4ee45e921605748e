import { describe, expect, it } from 'vitest'
import { aProfile, aTouchpoint, NOON } from '#test/builders/a-touchpoint.ts'
import { attachIdentifier, fold } from './fold.ts'

describe('fold', () => {
  it('knows her since the first touchpoint and has seen her at the last, whichever comes first', () => {
    const [early, late] = [NOON - 5, NOON + 5].map((occurredAt) => aTouchpoint({ occurredAt }))
    const seen = [late, early].reduce((profile, touchpoint) => fold(profile, touchpoint ?? aTouchpoint()), aProfile())
    expect(seen).toMatchObject({ createdAt: NOON - 5, lastSeenAt: NOON + 5 })
  })

  it('keeps what a touchpoint does not speak of', () => {
    const before = aProfile({ traits: { plan: ['pro', 1] }, consent: { 'offers/sms': ['given', 1] }, version: 3 })
    expect(fold(before, aTouchpoint())).toMatchObject({ traits: before.traits, consent: before.consent, version: 3 })
  })

  it('dates traits as the touchpoint says, where that is not when it occurred', () => {
    const set = aTouchpoint({ traits: { plan: 'pro' }, traitsAt: NOON + 1 })
    expect(fold(aProfile(), set).traits).toEqual({ plan: ['pro', NOON + 1] })
  })

  it('remembers a device only for its push token', () => {
    expect(fold(aProfile(), aTouchpoint({ device: { id: 'phone', model: 'x' } })).pushDevices).toEqual({})
    const gone = fold(aProfile(), aTouchpoint({ device: { id: 'phone', pushToken: null } }))
    expect(gone.pushDevices).toEqual({ phone: [false, NOON] })
  })

  it('reads a bounce only from a message', () => {
    const other = aTouchpoint({ type: 'parcel.bounced', channel: 'email', identifiers: { email: 'a@example.org' } })
    expect(fold(aProfile(), { ...other, properties: { permanent: true } }).suppressed).toEqual({})
  })
})

describe('attachIdentifier', () => {
  it('keeps the last five values of a personal kind and the last ten of a device', () => {
    const attach = (kind: 'email' | 'deviceId') =>
      Array.from({ length: 12 }, (_, at) => at).reduce(
        (profile, at) => attachIdentifier(profile, { kind, value: `v${at}` }, at),
        aProfile(),
      ).identifiers[kind]
    expect(attach('email')?.map(([value]) => value)).toEqual(['v11', 'v10', 'v9', 'v8', 'v7'])
    expect(attach('deviceId')).toHaveLength(10)
  })

  it('keeps no id of our own', () => {
    const profile = aProfile()
    expect(attachIdentifier(profile, { kind: 'customerId', value: 'cus_ada' }, NOON)).toBe(profile)
  })
})
