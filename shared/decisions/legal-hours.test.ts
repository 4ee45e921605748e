import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aProfile } from '#test/builders/a-touchpoint.ts'
import { HOUR, MINUTE } from '../time/duration.ts'
import { localTime } from '../time/zones.ts'
import { zonesOfCountry } from '../time/zones-by-country.ts'
import type { Candidate } from './gate.ts'
import { legalHoursGate } from './legal-hours.ts'

const NEW_YORK = '+12125550123'
const PUERTO_RICO = '+17875551234'
const DANISH = '+4520123456'

interface Asked {
  readonly at: string
  readonly phone?: string
  readonly traits?: Readonly<Record<string, string>>
  readonly channel?: string
  readonly needsConsent?: boolean
  readonly quietHours?: Candidate['purpose']['quietHours']
}

function ask({ at, phone = NEW_YORK, traits = {}, channel = 'sms', needsConsent = true, quietHours }: Asked) {
  const now = Date.parse(at)
  const purpose = { needsConsent, channels: ['sms' as const], priority: 0, caps: [], deadline: HOUR, quietHours }
  const profile = aProfile({
    identifiers: { phone: [[phone, 0]] },
    traits: Object.fromEntries(Object.entries(traits).map(([name, value]) => [name, [value, 0]])),
  })
  return legalHoursGate({
    ...{ now, profile, brand: aBrand(), purpose, purposeName: 'offers', channel, address: phone },
    ...{ priority: 0, dispatch: 'this', deadlineAt: now + HOUR, holds: 0 },
  })
}

const inNewYork = { timeZone: 'America/New_York' }

describe('legalHoursGate', () => {
  it.each([
    ['07:59', '2026-06-10T11:59:00Z', '2026-06-10T12:00:00.000Z'],
    ['08:00', '2026-06-10T12:00:00Z', undefined],
    ['20:59', '2026-06-11T00:59:00Z', undefined],
    ['21:00', '2026-06-11T01:00:00Z', '2026-06-11T12:00:00.000Z'],
  ])('keeps the federal hours of the USA: at %s in New York', (_clock, at, until) => {
    const answer = ask({ at, traits: inNewYork })
    expect(answer?.until === undefined ? undefined : new Date(answer.until).toISOString()).toBe(until)
  })

  it('says which law it is', () => {
    expect(ask({ at: '2026-06-11T03:00:00Z', traits: inNewYork })).toMatchObject({
      code: 'legal-hours',
      detail: 'TCPA, 47 CFR 64.1200(c)(1): not from 21:00 to 08:00, America/New_York, by her trait timeZone',
    })
  })

  it.each([
    ['is general', { from: '22:00', to: '06:00', countries: {} }, '2026-06-10T12:30:00Z', true],
    [
      'names the country',
      { from: '22:00', to: '06:00', countries: { US: { from: '22:00', to: '06:00' } } },
      '2026-06-10T12:30:00Z',
      false,
    ],
    [
      'names the country, and the law still holds',
      { from: '22:00', to: '06:00', countries: { US: { from: '22:00', to: '06:00' } } },
      '2026-06-10T11:30:00Z',
      true,
    ],
  ])('keeps from 20 to 9 o’clock free where the brand’s word on quiet hours %s', (_what, quietHours, at, held) => {
    expect(ask({ at, traits: inNewYork, quietHours }) !== undefined).toBe(held)
  })

  it.each([
    ['a number of the USA, wherever the customer may live', { phone: NEW_YORK, traits: { country: 'DK' } }, true],
    ['a number of a territory', { phone: PUERTO_RICO }, true],
    ['a customer who lives there, whatever her number', { phone: DANISH, traits: { country: 'US' } }, true],
    ['nobody else', { phone: DANISH }, false],
    ['no service messages', { needsConsent: false }, false],
    ['no other channel', { channel: 'push' }, false],
  ])('concerns %s', (_who, asked, held) => {
    expect(ask({ at: '2026-06-10T06:00:00Z', ...asked }) !== undefined).toBe(held)
  })

  it('lets marketing by SMS to an unknown zone of the USA out only when no clock there is in the forbidden hours', () => {
    const isForbidden = (now: number): boolean =>
      zonesOfCountry('US').some((zone) => {
        const { hour } = localTime(now, zone)
        return hour < 8 || hour >= 21
      })
    let open = 0
    for (let now = Date.parse('2026-01-10'); now < Date.parse('2026-01-11'); now += 15 * MINUTE) {
      const answer = ask({ at: new Date(now).toISOString() })
      expect(answer !== undefined).toBe(isForbidden(now))
      if (answer === undefined) open += 15
      else expect(isForbidden(answer.until ?? 0)).toBe(false)
    }
    // From 8 o'clock on the Aleutian Islands until 21 o'clock in the east.
    expect(open / 60).toBe(8)
  })
})
