import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aProfile } from '#test/builders/a-touchpoint.ts'
import type { Cap, Hours, Purpose, QuietHours } from '../brand/purposes.ts'
import type { Counted, Profile } from '../profiles/profile.ts'
import { shareOf } from '../profiles/share-of.ts'
import { DAY, HOUR } from '../time/duration.ts'
import { localTime } from '../time/zones.ts'
import { zonesOfCountry } from '../time/zones-by-country.ts'
import { decide, MOST_HOLDS, type Question } from './decide.ts'

const CHANNELS = ['email', 'sms', 'push'] as const
const ZONES = ['Europe/Copenhagen', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC']
const ADDRESSES: Readonly<Record<string, string>> = { email: 'ada@example.org', sms: '+4520123456', push: 'token' }

const aTime = fc.tuple(fc.nat(23), fc.nat(59)).map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':'))
const someHours = fc
  .record({ from: aTime, to: aTime })
  .filter(({ from, to }) => from !== to)
  .map((hours): QuietHours => ({ ...hours, countries: { US: { from: '20:00', to: '08:00' } } }))

const aCap: fc.Arbitrary<Cap> = fc.record(
  {
    upTo: fc.integer({ min: 0, max: 5 }),
    per: fc.constantFrom(HOUR, DAY, 7 * DAY),
    channel: fc.constantFrom(...CHANNELS),
    reserved: fc.record({ times: fc.integer({ min: 1, max: 2 }), priority: fc.constantFrom(10, 50) }),
  },
  { requiredKeys: ['upTo', 'per'] },
)

/** Some day of 2026, the two on which clocks change among them. */
const someNow = fc
  .tuple(
    fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-06-01', '2026-10-25', '2026-11-01'),
    fc.nat(2 * DAY),
  )
  .map(([day, into]) => Date.parse(`${day}T00:00:00Z`) + into)

const aPurpose: fc.Arbitrary<Purpose> = fc.record({
  needsConsent: fc.boolean(),
  channels: fc.constant(CHANNELS),
  priority: fc.constant(0),
  caps: fc.array(aCap, { maxLength: 2 }),
  quietHours: fc.option(someHours, { nil: undefined }),
  deadline: fc.constant(DAY),
})

const mostlyGiven = fc.constantFrom('given' as const, 'given' as const, 'given' as const, 'withdrawn' as const)

const consentKeys = ['offers', 'loyalty', '*'].flatMap((purpose) => CHANNELS.map((channel) => `${purpose}/${channel}`))

const aProfileAt = (now: number): fc.Arbitrary<Profile> =>
  fc
    .record({
      zone: fc.constantFrom(...ZONES, ...Array.from({ length: 6 }, () => 'Nowhere/City')),
      country: fc.constantFrom('DK', 'US'),
      consent: fc.dictionary(
        fc.constantFrom(...consentKeys),
        fc.tuple(mostlyGiven, fc.constantFrom(now - DAY, now - HOUR)),
        { minKeys: 6 },
      ),
      hasPhone: fc.boolean(),
      engaged: fc.array(fc.nat(100), { maxLength: 5 }),
      waiting: fc.array(
        fc.record({
          dispatch: fc.constantFrom('this', 'that'),
          until: fc.integer({ min: -DAY, max: DAY }),
          priority: fc.constantFrom(0, 30, 99),
        }),
        { maxLength: 1 },
      ),
      suppressed: fc.subarray(Object.entries(ADDRESSES), { maxLength: 1 }),
      counted: fc.array(
        fc.record({
          at: fc.integer({ min: 0, max: 3 * DAY }).map((ago) => now - ago),
          channel: fc.constantFrom(...CHANNELS),
          purpose: fc.constantFrom('offers', 'loyalty'),
        }),
        { maxLength: 6 },
      ),
    })
    .map(({ zone, country, consent, suppressed, counted, engaged, hasPhone, waiting }) =>
      aProfile({
        engaged: engaged.map((hours) => ['push', now - (now % HOUR) - hours * HOUR]),
        waiting: waiting.map((one) => ({ ...one, until: now + one.until, channel: 'sms', purpose: 'offers' })),
        ...(hasPhone ? { identifiers: { phone: [['+4520123456', now - DAY] as const] } } : {}),
        consent,
        counted,
        traits: { timeZone: [zone, now - DAY], country: [country, now - DAY] },
        suppressed: Object.fromEntries(
          suppressed.map(([channel, address]) => [`${channel}/${address}`, ['bounced', 0]]),
        ),
      }),
    )

const aQuestion: fc.Arbitrary<Question> = someNow.chain((now) =>
  fc
    .record({
      profile: aProfileAt(now),
      purpose: aPurpose,
      priority: fc.constantFrom(0, 10, 50),
      atHerHour: fc.boolean(),
      holdout: fc.constantFrom(0, 0, 0.5),
      brandCaps: fc.array(aCap, { maxLength: 2 }),
      channels: fc.shuffledSubarray([...CHANNELS], { minLength: 1 }),
      provided: fc.subarray([...CHANNELS], { minLength: 2 }),
      written: fc.subarray([...CHANNELS], { minLength: 2 }),
      reachable: fc.subarray([...CHANNELS], { minLength: 2 }),
      deadlineAt: fc.integer({ min: -HOUR, max: 3 * DAY }).map((left) => now + left),
      holds: fc.integer({ min: 0, max: MOST_HOLDS }),
      refused: fc.subarray([...CHANNELS], { maxLength: 1 }),
    })
    .map(({ brandCaps, holdout, reachable, refused, ...rest }) => ({
      ...rest,
      now,
      dispatch: 'this',
      purposeName: 'offers',
      brand: aBrand({ caps: brandCaps, holdout }),
      addressOn: (channel) => (reachable.includes(channel as 'sms') ? ADDRESSES[channel] : undefined),
      refused: refused.map((channel) => ({ channel, code: 'provider-refused' as const })),
    })),
)

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** Those that may be hers: the trait where it names one; the number is Danish, but only some know it; else her country's. */
function zonesOf({ profile }: Question): readonly string[] {
  const zone = String(profile.traits.timeZone?.[0])
  if (ZONES.includes(zone)) return [zone]
  return profile.identifiers.phone === undefined && countryOf(profile) === 'US'
    ? zonesOfCountry('US')
    : ['Europe/Copenhagen']
}

const countryOf = ({ traits }: Profile): unknown => traits.country?.[0]

function isBetween(now: number, zone: string, { from, to }: Hours): boolean {
  const { hour, minute } = localTime(now, zone)
  const [at, begin, end] = [hour * 60 + minute, minutes(from), minutes(to)]
  return begin < end ? begin <= at && at < end : begin <= at || at < end
}

/** Written anew from the words of brand.yaml: it is night from `from` until just before `to`, wherever she may be. */
function isNight(question: Question): boolean {
  const { now, purpose, profile } = question
  if (purpose.quietHours === undefined) return false
  const hours = (countryOf(profile) === 'US' ? purpose.quietHours.countries.US : undefined) ?? purpose.quietHours
  return zonesOf(question).some((zone) => isBetween(now, zone, hours))
}

/** Written anew from the law: no marketing by SMS before 8 and after 21 o'clock where somebody in the USA may be. */
function isForbidden({ now, purpose, profile }: Question, channel: string): boolean {
  if (!purpose.needsConsent || channel !== 'sms' || countryOf(profile) !== 'US') return false
  const zone = String(profile.traits.timeZone?.[0])
  const zones = ZONES.includes(zone) ? [zone] : zonesOfCountry('US')
  return zones.some((one) => isBetween(now, one, { from: '21:00', to: '08:00' }))
}

/** With the message added, some window of a cap would hold more than it allows. */
function isAboveACap({ now, purpose, brand, profile, priority }: Question, channel: string): boolean {
  const counts = (cap: Cap, of: (one: Counted) => boolean): number =>
    profile.counted.filter((one) => of(one) && one.at > now - cap.per && (cap.channel ?? one.channel) === one.channel)
      .length
  const room = ({ upTo, reserved }: Cap): number =>
    reserved !== undefined && priority < reserved.priority ? upTo - reserved.times : upTo
  const concerns = (cap: Cap): boolean => cap.channel === undefined || cap.channel === channel
  const own = purpose.caps.some(
    (cap) => concerns(cap) && counts(cap, ({ purpose: name }) => name === 'offers') + 1 > room(cap),
  )
  return (
    own || (purpose.needsConsent && brand.caps.some((cap) => concerns(cap) && counts(cap, () => true) + 1 > room(cap)))
  )
}

const check = (law: (question: Question) => void): void => fc.assert(fc.property(aQuestion, law), { numRuns: 200 })

describe('decide', () => {
  it('never sends at night where she is', () => {
    check((question) => {
      if (decide(question).outcome === 'send') expect(isNight(question)).toBe(false)
    })
  })

  it('never sends marketing by SMS at an hour that the law forbids', () => {
    check((question) => {
      const decision = decide(question)
      if (decision.outcome === 'send') expect(isForbidden(question, decision.channel)).toBe(false)
    })
  })

  it('never sends marketing to the control group, and everything else', () => {
    check((question) => {
      const decision = decide(question)
      const { purpose, profile, brand } = question
      const isHeldOut = purpose.needsConsent && shareOf(profile.id, 'holdout') < brand.holdout
      if (decision.outcome === 'send') expect(isHeldOut).toBe(false)
      if (!isHeldOut) expect(decision.because.map(({ code }) => code)).not.toContain('holdout')
    })
  })

  it('never sends above a cap, nor takes what it reserves for others', () => {
    check((question) => {
      const decision = decide(question)
      if (decision.outcome === 'send') expect(isAboveACap(question, decision.channel)).toBe(false)
    })
  })

  it('never sends without the consent that the purpose asks for, nor to a channel that she stopped', () => {
    check((question) => {
      const decision = decide(question)
      if (decision.outcome !== 'send') return
      const { consent } = question.profile
      expect(consent[`*/${decision.channel}`]?.[0]).not.toBe('withdrawn')
      if (question.purpose.needsConsent) expect(consent[`offers/${decision.channel}`]?.[0]).toBe('given')
    })
  })

  it('sends only to an address of hers that is open, in a form the message has, by a provider that is there and did not refuse', () => {
    check((question) => {
      const decision = decide(question)
      if (decision.outcome !== 'send') return
      const { channel, address } = decision
      expect(address).toBe(question.addressOn(channel))
      expect(question.profile.suppressed[`${channel}/${address}`]).toBeUndefined()
      expect(question.provided).toContain(channel)
      expect(question.written).toContain(channel)
      expect(question.refused?.map((reason) => reason.channel)).not.toContain(channel)
    })
  })

  it('never sends after the deadline, nor holds beyond it', () => {
    check((question) => {
      const decision = decide(question)
      if (decision.outcome === 'send') expect(question.now).toBeLessThanOrEqual(question.deadlineAt)
      if (decision.outcome === 'hold') expect(decision.until).toBeLessThanOrEqual(question.deadlineAt)
    })
  })

  it('holds until later than now, and not when it was held often enough', () => {
    check((question) => {
      const decision = decide(question)
      if (decision.outcome !== 'hold') return
      expect(decision.until).toBeGreaterThan(question.now)
      expect(question.holds).toBeLessThan(MOST_HOLDS)
    })
  })

  it('waits for a channel that is late before it asks the next, and passes over one that is refused', () => {
    check((question) => {
      const { because, ...decision } = decide(question)
      if (decision.outcome === 'skip') return
      const asked = [...new Set(because.map(({ channel }) => channel))]
      const passed = decision.outcome === 'send' ? asked.slice(0, asked.indexOf(decision.channel)) : asked.slice(0, -1)
      expect(asked).toEqual(question.channels.slice(0, asked.length))
      for (const channel of passed) {
        const reasons = because.filter((reason) => reason.channel === channel)
        const isRefused = reasons.some(({ code, until }) => until === undefined && code !== 'may-send')
        expect(isRefused).toBe(true)
      }
    })
  })

  it('gives every channel that it passed over a reason, and ends with the one that counted', () => {
    check((question) => {
      const decision = decide(question)
      const last = decision.because.at(-1)
      if (decision.outcome === 'send') expect(last).toMatchObject({ channel: decision.channel, code: 'may-send' })
      if (decision.outcome === 'skip') expect(decision.reason).toBe(last?.code)
      if (decision.outcome === 'hold') expect(last?.until).toBeDefined()
    })
  })

  it('comes to an end when it is asked again whenever a hold is over', () => {
    check((question) => {
      let { now, holds } = { ...question, holds: 0 }
      for (let decision = decide({ ...question, now, holds }); decision.outcome === 'hold'; holds++) {
        now = decision.until
        decision = decide({ ...question, now, holds: holds + 1 })
      }
      expect(holds).toBeLessThanOrEqual(MOST_HOLDS)
      expect(now).toBeLessThanOrEqual(Math.max(question.now, question.deadlineAt))
    })
  })
})

describe('the arbitrary questions', () => {
  it('are answered in all three ways', () => {
    const outcomes = fc.sample(aQuestion, 1_000).map((question) => decide(question).outcome)
    for (const outcome of ['send', 'hold', 'skip'] as const)
      expect(outcomes.filter((one) => one === outcome).length).toBeGreaterThan(50)
  })
})
