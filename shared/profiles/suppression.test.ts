import { describe, expect, it } from 'vitest'
import { aProfile, aTouchpoint, NOON } from '#test/builders/a-touchpoint.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Profile } from './profile.ts'
import { closedAddresses, foldSuppression, suppressionOf } from './suppression.ts'

const ada = aProfile({ identifiers: { email: [['ada@example.org', NOON]], phone: [['+4520123456', NOON]] } })

const reported = (type: string, more: Partial<Touchpoint> = {}): Touchpoint =>
  aTouchpoint({ type, channel: 'email', properties: { permanent: true }, ...more })

const HOURS = 3_600_000

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
    expect(foldSuppression(ada, touchpoint).suppressed).toEqual(suppressed)
  })

  it('closes nothing where she has no address on that channel', () => {
    expect(foldSuppression(aProfile(), reported('message.bounced'))).toEqual({ suppressed: {}, bounces: {} })
  })

  function bouncedFor(reason: string | undefined, ...hours: readonly number[]): Profile {
    const properties = reason === undefined ? {} : { reason, permanent: false }
    let profile = ada
    for (const hour of hours) {
      const touchpoint = reported('message.bounced', { properties, occurredAt: NOON + hour * HOURS })
      profile = { ...profile, ...foldSuppression(profile, touchpoint) }
    }
    return profile
  }

  it.each([
    ['three in 72 hours close it', [0, 40, 72], true],
    ['three in a moment more do not', [0, 40, 72.01], false],
    ['two do not', [0, 1], false],
    ['the same report three times does not', [0, 0, 0], false],
    ['the order in which they come does not matter', [72, 0, 40], true],
    ['one that comes long afterwards does not open it again', [0, 1, 2, 500, 900], true],
  ])('counts passing bounces: %s', (_what, hours, isClosed) => {
    const profile = bouncedFor(undefined, ...hours)
    expect(suppressionOf(profile, 'email', 'ada@example.org') !== undefined).toBe(isClosed)
    expect(Object.keys(closedAddresses(profile))).toEqual(isClosed ? ['email/ada@example.org'] : [])
  })

  it.each([
    ['Transient/MailboxFull', true],
    ['Undetermined/Undetermined', true],
    ['Transient/MessageTooLarge', false],
    ['Transient/ContentRejected', false],
  ])('counts what is about the address, and not what is about the message: %s', (reason, counts) => {
    expect(suppressionOf(bouncedFor(reason, 0, 1, 2), 'email', 'ada@example.org') !== undefined).toBe(counts)
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
