import { describe, expect, it } from 'vitest'
import { aProfile, aTouchpoint, NOON } from '#test/builders/a-touchpoint.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { foldSuppression, suppressionOf } from './suppression.ts'

const ada = aProfile({ identifiers: { email: [['ada@example.org', NOON]], phone: [['+4520123456', NOON]] } })

const reported = (type: string, more: Partial<Touchpoint> = {}): Touchpoint =>
  aTouchpoint({ type, channel: 'email', properties: { permanent: true }, ...more })

describe('foldSuppression', () => {
  it.each([
    ['a permanent bounce', reported('message.bounced'), { 'email/ada@example.org': ['bounced', NOON] }],
    ['a complaint', reported('message.complained'), { 'email/ada@example.org': ['complained', NOON] }],
    ['a passing bounce', reported('message.bounced', { properties: {} }), {}],
    ['an email opened', reported('message.opened'), {}],
    [
      'a bounce at the address that it names',
      reported('message.bounced', { identifiers: { email: 'old@example.org' } }),
      { 'email/old@example.org': ['bounced', NOON] },
    ],
    [
      'a number that is none',
      reported('message.bounced', { channel: 'sms' }),
      { 'sms/+4520123456': ['bounced', NOON] },
    ],
    ['a bounce on a channel without addresses', reported('message.bounced', { channel: 'push' }), {}],
  ])('closes what %s says', (_what, touchpoint, suppressed) => {
    expect(foldSuppression(ada, touchpoint)).toEqual(suppressed)
  })

  it('closes nothing where she has no address on that channel', () => {
    expect(foldSuppression(aProfile(), reported('message.bounced'))).toEqual({})
  })
})

describe('suppressionOf', () => {
  it('is about one address on one channel', () => {
    const closed = aProfile({ suppressed: { 'email/ada@example.org': ['bounced', NOON] } })
    expect(suppressionOf(closed, 'email', 'ada@example.org')).toBe('bounced')
    expect(suppressionOf(closed, 'email', 'new@example.org')).toBeUndefined()
    expect(suppressionOf(closed, 'sms', 'ada@example.org')).toBeUndefined()
  })
})
