import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aProfile } from '#test/builders/a-touchpoint.ts'
import { DAY, HOUR } from '../time/duration.ts'
import { decide, MOST_HOLDS, type Question } from './decide.ts'

const NOON = Date.parse('2026-03-10T11:00:00Z')
const MIDNIGHT = Date.parse('2026-03-10T23:00:00Z')

const brand = aBrand({ caps: [] })
const offers = brand.purposes.offers
const service = brand.purposes.service
if (offers === undefined || service === undefined) throw new Error('The brand of the tests has both.')

const addresses: Readonly<Record<string, string>> = { push: 'token', sms: '+4520123456', email: 'ada@example.org' }

function ask(more: Partial<Question> = {}) {
  const given = { 'offers/push': ['given', 0], 'offers/sms': ['given', 0], 'offers/email': ['given', 0] } as const
  return decide({
    now: NOON,
    profile: aProfile({ consent: given }),
    brand,
    purposeName: 'offers',
    purpose: offers as NonNullable<typeof offers>,
    priority: 0,
    dispatch: 'this',
    channels: ['push', 'sms', 'email'],
    provided: ['push', 'sms', 'email'],
    written: ['push', 'sms', 'email'],
    addressOn: (channel) => addresses[channel],
    deadlineAt: (more.now ?? NOON) + DAY,
    holds: 0,
    ...more,
  })
}

const codes = ({ because }: ReturnType<typeof decide>) => because.map(({ channel, code }) => `${channel} ${code}`)

describe('decide', () => {
  it('sends on the first channel that nothing stands against', () => {
    expect(ask()).toEqual({
      outcome: 'send',
      channel: 'push',
      address: 'token',
      because: [{ channel: 'push', code: 'may-send' }],
    })
  })

  it('says for every channel that it passed over why', () => {
    const decision = ask({
      written: ['sms', 'email'],
      profile: aProfile({ consent: { 'offers/email': ['given', 0] } }),
    })
    expect(decision).toMatchObject({ outcome: 'send', channel: 'email' })
    expect(codes(decision)).toEqual(['push no-content', 'sms no-consent', 'email may-send'])
  })

  it('skips with the last reason where no channel is left', () => {
    const decision = ask({ channels: ['push', 'sms'], addressOn: () => undefined })
    expect(decision).toMatchObject({ outcome: 'skip', reason: 'not-reachable' })
    expect(codes(decision)).toEqual(['push not-reachable', 'sms not-reachable'])
  })

  it('skips where there is no channel at all', () => {
    expect(ask({ channels: [] })).toEqual({ outcome: 'skip', reason: 'no-channel', because: [] })
  })

  it('says a refusal alone, and everything that says "later" together', () => {
    const counted = [1, 2, 3].map((hour) => ({ at: MIDNIGHT - hour * HOUR, channel: 'push', purpose: 'offers' }))
    const given = { 'offers/push': ['given', 0] } as const
    const late = ask({ now: MIDNIGHT, profile: aProfile({ consent: given, counted }) })
    expect(codes(late)).toEqual(['push quiet-hours', 'push frequency-cap'])
    expect(late).toMatchObject({ outcome: 'hold', until: MIDNIGHT + 21 * HOUR })
    const stopped = ask({
      now: MIDNIGHT,
      channels: ['push'],
      profile: aProfile({ consent: { ...given, '*/push': ['withdrawn', 1] }, counted }),
    })
    expect(codes(stopped)).toEqual(['push stopped'])
  })

  it('asks the next channel where one would be too late', () => {
    const decision = ask({ now: MIDNIGHT, deadlineAt: MIDNIGHT + HOUR, channels: ['push', 'sms'] })
    expect(codes(decision)).toEqual([
      'push quiet-hours',
      'push deadline-passed',
      'sms quiet-hours',
      'sms deadline-passed',
    ])
  })

  it('gives up where it has been held too often', () => {
    const decision = ask({ now: MIDNIGHT, channels: ['push'], holds: MOST_HOLDS })
    expect(decision).toMatchObject({ outcome: 'skip', reason: 'too-many-holds' })
  })

  it('skips at once when the deadline has passed', () => {
    expect(ask({ deadlineAt: NOON - 1 })).toEqual({
      outcome: 'skip',
      reason: 'deadline-passed',
      because: [{ channel: '', code: 'deadline-passed' }],
    })
    expect(ask({ deadlineAt: NOON })).toMatchObject({ outcome: 'send' })
  })

  it('takes the word of a provider that refused this very message', () => {
    const refused = [{ channel: 'push', code: 'provider-refused' as const, detail: 'Unregistered' }]
    expect(ask({ refused })).toMatchObject({ outcome: 'send', channel: 'sms', because: [refused[0], {}] })
  })

  it('sends a service message at night and without consent', () => {
    const night = { now: MIDNIGHT, purposeName: 'service', purpose: service as NonNullable<typeof service> }
    expect(ask({ ...night, profile: aProfile() })).toMatchObject({ outcome: 'send' })
  })
})
