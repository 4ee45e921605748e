import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aProfile, aTouchpoint, NOON } from '#test/builders/a-touchpoint.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { foldEngagement } from './engagement.ts'
import type { Profile } from './profile.ts'

const HOUR = 3_600_000

function profileAfter(...touchpoints: readonly Partial<Touchpoint>[]): Profile {
  let profile = aProfile()
  for (const one of touchpoints)
    profile = { ...profile, ...foldEngagement(profile, aTouchpoint({ channel: 'email', ...one })) }
  return profile
}

describe('foldEngagement', () => {
  it.each([
    ['an email opened', { type: 'message.opened' }, 1],
    ['a link followed', { type: 'message.clicked' }, 1],
    ['an answer', { type: 'message.answered' }, 1],
    ['a machine that opens everything', { type: 'message.opened', properties: { bot: true } }, 0],
    ['a proxy that fetches pictures beforehand', { type: 'message.opened', properties: { prefetch: true } }, 0],
    ['a delivery', { type: 'message.delivered' }, 0],
    [
      'an answer that says STOP',
      { type: 'message.answered', consent: [{ purpose: '*', channel: 'sms', state: 'withdrawn' as const }] },
      0,
    ],
  ])('counts %s', (_what, touchpoint, count) => {
    expect(profileAfter(touchpoint).engaged).toHaveLength(count)
  })

  it('keeps the hour, each once', () => {
    const { engaged } = profileAfter(
      { type: 'message.opened', occurredAt: NOON + 5 },
      { type: 'message.clicked', occurredAt: NOON + 59 * 60_000 },
      { type: 'message.opened', channel: 'push', occurredAt: NOON + HOUR },
    )
    expect(engaged).toEqual([
      ['push', NOON + HOUR],
      ['email', NOON],
    ])
  })

  it('knows where she wrote last, whichever comes in first', () => {
    const bySms = { type: 'message.answered', channel: 'sms', occurredAt: NOON }
    const byMail = { type: 'message.answered', occurredAt: NOON + 1 }
    expect(profileAfter(bySms, byMail).wrote).toEqual(['email', NOON + 1])
    expect(profileAfter(byMail, bySms).wrote).toEqual(['email', NOON + 1])
    expect(profileAfter({ type: 'message.clicked' }).wrote).toBeUndefined()
  })

  it('keeps the same latest ones in whatever order they come, and never more than 24', () => {
    const hours = Array.from({ length: 40 }, (_, hour) => ({ type: 'message.opened', occurredAt: NOON + hour * HOUR }))
    for (const shuffled of fc.sample(fc.shuffledSubarray(hours, { minLength: 40 }), 20)) {
      const { engaged } = profileAfter(...shuffled)
      expect(engaged).toHaveLength(24)
      expect(engaged).toEqual(profileAfter(...hours).engaged)
    }
  })
})
