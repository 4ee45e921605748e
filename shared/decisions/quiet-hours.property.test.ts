import * as fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aProfile } from '#test/builders/a-touchpoint.ts'
import type { Purpose } from '../brand/purposes.ts'
import { DAY, HOUR, MINUTE } from '../time/duration.ts'
import type { Candidate } from './gate.ts'
import { isWithin, nextOutside, spreadOf } from './local-hours.ts'
import { quietHoursGate } from './quiet-hours.ts'

const ZONES = Intl.supportedValuesOf('timeZone')

const HOURS = [
  ['21:00', '09:00'],
  ['22:30', '02:30'],
  ['00:00', '01:00'],
  ['23:00', '00:00'],
  ['02:00', '03:00'],
  ['01:45', '02:15'],
  ['03:00', '23:00'],
] as const

type Hours = (typeof HOURS)[number]

function changesIn(zone: string): readonly number[] {
  const changes: number[] = []
  let at = Temporal.Instant.from('2024-01-01T00:00Z').toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds >= Date.parse('2031-01-01T00:00Z')) return changes
    changes.push(next.epochMilliseconds)
    at = next
  }
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

function isNight(now: number, zone: string, [from, to]: Hours): boolean {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone)
  const at = hour * 60 + minute
  return minutes(from) < minutes(to) ? minutes(from) <= at && at < minutes(to) : minutes(from) <= at || at < minutes(to)
}

const nightMinutes = ([from, to]: Hours): number => (minutes(to) - minutes(from) + 24 * 60) % (24 * 60)

const profile = aProfile()
const spread = spreadOf(profile.id)

function heldUntil(now: number, zone: string, [from, to]: Hours): number | undefined {
  const purpose = { quietHours: { from, to, countries: {} } } as unknown as Purpose
  const brand = aBrand({ defaultZone: zone })
  const candidate: Candidate = {
    ...{ now, profile, brand, purpose, purposeName: 'offers', channel: 'sms', address: '+45' },
    ...{ priority: 0, dispatch: 'this', deadlineAt: now + DAY, holds: 0 },
  }
  return quietHoursGate(candidate)?.until
}

/** The night that people keep, and one of the others in turn. */
const hoursFor = (turn: number): readonly Hours[] => [HOURS[0], HOURS[1 + (turn % (HOURS.length - 1))] ?? HOURS[1]]

const changes = ZONES.flatMap((zone) => changesIn(zone).map((at) => ({ zone, at })))

describe('quietHoursGate, around every change of the clocks in every zone from 2024 to 2030', () => {
  it('knows of all the changes', () => {
    expect(ZONES.length).toBeGreaterThan(400)
    expect(changes.length).toBeGreaterThan(1_700)
  })

  it('holds at night and only at night, until a minute that is none, and not a night longer', () => {
    const wrong = changes.flatMap(({ zone, at }, turn) =>
      hoursFor(turn).flatMap((hours) =>
        looksAround(at, turn).flatMap((now) => (isRight(now, zone, hours) ? [] : [{ zone, now, hours }])),
      ),
    )
    expect(wrong).toEqual([])
  }, 60_000)
})

/** Some minutes on each side of it, not the same ones each time. */
function looksAround(change: number, turn: number): readonly number[] {
  const first = change - 4 * HOUR - (turn % 17) * MINUTE
  return Array.from({ length: 14 }, (_, look) => first + look * 37 * MINUTE)
}

function isRight(now: number, zone: string, hours: Hours): boolean {
  const until = heldUntil(now, zone, hours)
  if (until === undefined || !isNight(now, zone, hours)) return (until === undefined) !== isNight(now, zone, hours)
  const morning = until - spread
  return until > now && !isNight(morning, zone, hours) && (morning - now) / MINUTE <= nightMinutes(hours) + 61
}

describe('nextOutside', () => {
  const aTime = fc
    .tuple(fc.nat(23), fc.nat(59))
    .map((parts) => parts.map((part) => `${part}`.padStart(2, '0')).join(':'))
  const someHours = fc.record({ from: aTime, to: aTime }).filter(({ from, to }) => from !== to)
  const someZones = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 6 })
  const someNow = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-12-31') })

  it('is the first minute that is night in none of the zones, or there is none for days', () => {
    fc.assert(
      fc.property(someNow, someHours, someZones, (now, hours, zones) => {
        const next = nextOutside(now, hours, zones)
        const isOpen = (at: number): boolean =>
          zones.every((zone) => !isNight(at, zone, [hours.from, hours.to] as never))
        const end = next ?? now + 2 * DAY
        if (next !== undefined) expect(isOpen(next)).toBe(true)
        // A window of a few minutes could hide between two looks, but not from many of them.
        for (let at = now; at < end; at += 7 * MINUTE) expect(isOpen(at)).toBe(false)
      }),
      { numRuns: 100 },
    )
  })

  it('is now, where it is no night', () => {
    const now = Date.parse('2026-06-10T12:00:00Z')
    expect(nextOutside(now, { from: '21:00', to: '09:00' }, ['Europe/Paris'])).toBe(now)
  })

  it('is nothing, where it is always night in one of them', () => {
    const now = Date.parse('2026-06-10T12:00:00Z')
    const around = ['Pacific/Auckland', 'Europe/Paris', 'America/Los_Angeles']
    const night = { from: '18:00', to: '10:00' }
    expect(nextOutside(now, night, around)).toBeUndefined()
    expect(isWithin(now, night, around)).toBe(true)
  })
})
