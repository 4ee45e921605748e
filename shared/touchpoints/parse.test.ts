import { describe, expect, it } from 'vitest'
import { type Parsed, parseTouchpoint } from './parse.ts'
import { isLive, STALE_AFTER, type Touchpoint } from './touchpoint.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')

const parse = (value: unknown): Parsed =>
  parseTouchpoint(value, { receivedAt: NOW, fallbackId: () => 'made-up', source: 'http' })

const event = { type: 'order.completed', identifiers: { userId: 'ada' } }

function read(more: object): Touchpoint {
  const parsed = parse({ ...event, ...more })
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.touchpoint
}

function reasonOf(value: unknown): string {
  const parsed = parse(value)
  return parsed.ok ? 'It was taken.' : parsed.reason
}

describe('parseTouchpoint', () => {
  it('fills in what the event leaves out', () => {
    expect(read({})).toEqual({
      id: 'made-up',
      type: 'order.completed',
      occurredAt: NOW,
      recordedAt: NOW,
      timed: false,
      channel: 'app',
      direction: 'in',
      identifiers: { userId: 'ada' },
      properties: {},
      depth: 0,
      mode: 'live',
      source: 'http',
    })
  })

  it('keeps what the event says', () => {
    const more = {
      id: 'o-1',
      occurredAt: '2026-11-21T10:00:00+01:00',
      channel: 'store',
      direction: 'out',
      device: { id: 'till-3', platform: 'web' },
      traits: { plan: 'pro', address: { city: 'Aarhus' }, gone: null },
      properties: { items: [{ sku: 'bun', price: 3.5 }], gift: false },
      causedBy: 'x',
      depth: 2,
      mode: 'history',
      source: 'till',
    }
    expect(read(more)).toMatchObject({ ...more, occurredAt: Date.parse('2026-11-21T09:00:00Z'), timed: true })
  })

  it('takes consent as a list with proofs, or in short', () => {
    const list = [
      { purpose: 'offers', channel: 'email', state: 'given', wording: 'Yes, write to me', source: 'checkout' },
    ]
    expect(read({ consent: list }).consent).toEqual(list)
    expect(read({ consent: { offers: { email: true, sms: false }, loyalty: { email: true } } }).consent).toEqual([
      { purpose: 'offers', channel: 'email', state: 'given' },
      { purpose: 'offers', channel: 'sms', state: 'withdrawn' },
      { purpose: 'loyalty', channel: 'email', state: 'given' },
    ])
  })

  it('takes a push token that is gone as null', () => {
    expect(read({ device: { id: 'phone', pushToken: null } }).device).toEqual({ id: 'phone', pushToken: null })
  })

  it.each([
    ['nothing', null, 'An event is an object, as in { "type": "order.completed", … }.'],
    ['a text', 'order.completed', 'An event is an object, as in { "type": "order.completed", … }.'],
    ['no type', { identifiers: { userId: 'ada' } }, 'type: this is missing.'],
    [
      'a type in capitals',
      { ...event, type: 'Order Completed' },
      'type: A type is dotted, lower case, past tense, as in "order.completed".',
    ],
    ['a type without end', { ...event, type: `order.${'x'.repeat(128)}` }, 'type: A type has at most 128 characters.'],
    ['no identifiers', { type: 'order.completed' }, 'identifiers: this is missing.'],
    [
      'identifiers that name nobody',
      { ...event, identifiers: {} },
      'identifiers: Give at least one of userId, loyaltyCard, email, phone, deviceId, anonymousId.',
    ],
    [
      'an empty identifier',
      { ...event, identifiers: { userId: ' ' } },
      'identifiers.userId: An identifier is not empty.',
    ],
    [
      'an email address that is none',
      { ...event, identifiers: { email: 'ada at example.org' } },
      'identifiers.email: An email address is written as in "ada@example.org".',
    ],
    [
      'a national phone number',
      { ...event, identifiers: { phone: '0701234567' } },
      'identifiers.phone: A phone number is international, as in "+46701234567".',
    ],
    [
      'an identifier that is not known',
      { ...event, identifiers: { userid: 'ada' } },
      expect.stringMatching(/^identifiers: userid is not known here; remove it\. identifiers: Give at least one of/),
    ],
    [
      'a key that is not known',
      { ...event, total: 5 },
      'total is not known here; remove it, or put it under "properties".',
    ],
    [
      'a time without a zone',
      { ...event, occurredAt: '2026-11-21T09:00:00' },
      'occurredAt: A time is ISO 8601 with a zone, as in "2026-11-21T09:30:00Z".',
    ],
    [
      'a time as a number',
      { ...event, occurredAt: NOW },
      'occurredAt: A time is ISO 8601 with a zone, as in "2026-11-21T09:30:00Z".',
    ],
    [
      'a time more than a day ahead',
      { ...event, occurredAt: '2026-11-22T12:00:01Z' },
      'occurredAt: This is more than a day in the future; check the sender’s clock.',
    ],
    [
      'consent that is neither',
      { ...event, consent: 'offers' },
      'consent: Write it as in { "offers": { "email": true } }, or as a list of { purpose, channel, state }.',
    ],
    [
      'a consent that is maybe',
      { ...event, consent: { offers: { email: 'maybe' } } },
      'consent: Write it as in { "offers": { "email": true } }, or as a list of { purpose, channel, state }.',
    ],
    [
      'a consent of which half is missing',
      { ...event, consent: [{ purpose: 'offers', state: 'given' }] },
      'consent.0.channel: this is missing.',
    ],
    ['an unknown mode', { ...event, mode: 'test' }, 'mode: Invalid option: expected one of "live"|"history".'],
  ])('refuses %s, with the place and the remedy', (_what, value, reason) => {
    expect(reasonOf(value)).toEqual(reason)
  })

  it('names everything that is wrong at once', () => {
    const reason = reasonOf({ type: 'Order', identifiers: { phone: '1' }, colour: 'red' })
    expect(reason).toMatch(/type: .*identifiers\.phone: .*colour is not known here/)
  })

  it('takes a time of up to a day ahead: clocks of devices are off', () => {
    expect(read({ occurredAt: '2026-11-22T12:00:00Z' }).occurredAt).toBe(NOW + 86_400_000)
  })

  it('limits what one event may change', () => {
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`purpose-${n}`, { email: true }]))
    expect(reasonOf({ ...event, consent: many })).toMatch(/^consent: /)
  })

  it('keeps names that plain objects have from birth', () => {
    const traits = JSON.parse('{ "constructor": "Ferrari", "toString": 1 }') as object
    expect(Object.entries(read({ traits }).traits ?? {})).toEqual([
      ['constructor', 'Ferrari'],
      ['toString', 1],
    ])
  })
})

describe('isLive', () => {
  it.each([
    ['what just happened', {}, true],
    ['what happened a day ago', { occurredAt: NOW - STALE_AFTER }, true],
    ['what happened longer ago', { occurredAt: NOW - STALE_AFTER - 1 }, false],
    ['what is ahead of us', { occurredAt: NOW + 3_600_000 }, true],
    ['an import', { mode: 'history' as const }, false],
  ])('holds for %s: %j', (_what, more, live) => {
    expect(isLive({ ...read({}), ...more })).toBe(live)
  })
})
