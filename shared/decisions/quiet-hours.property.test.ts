import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aProfile } from '#test/builders/a-touchpoint.ts'
import type { Purpose } from '../brand/purposes.ts'
import { shareOf } from '../profiles/share-of.ts'
import { HOUR, MINUTE } from '../time/duration.ts'
import type { Candidate } from './gate.ts'
import { quietHoursGate } from './quiet-hours.ts'

/** Clocks that change by an hour, by half an hour, at midnight, and the other way round. */
const ZONES = [
  'Europe/Copenhagen',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/Santiago',
  'America/Havana',
  'Asia/Beirut',
  'Australia/Lord_Howe',
  'Australia/Sydney',
  'Africa/Casablanca',
]

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
  let at = Temporal.Instant.from('2025-01-01T00:00Z').toZonedDateTimeISO(zone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds > Date.parse('2027-12-31T00:00Z')) return changes
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
const spread = Math.floor(shareOf(profile.id, 'quiet hours') * 10 * MINUTE)

function heldUntil(now: number, zone: string, [from, to]: Hours): number | undefined {
  const purpose = { quietHours: { from, to, countries: {} } } as unknown as Purpose
  const brand = aBrand({ defaultZone: zone })
  const candidate: Candidate = { now, profile, brand, purpose, purposeName: 'offers', channel: 'sms', address: '+45' }
  return quietHoursGate(candidate)?.until
}

describe('quietHoursGate, around every change of the clocks from 2025 to 2027', () => {
  it.each(ZONES)(
    'holds at night and only at night, until a minute that is none, and not a night longer: %s',
    (zone) => {
      const changes = changesIn(zone)
      expect(changes.length).toBeGreaterThanOrEqual(5)
      for (const change of changes)
        for (const hours of HOURS)
          for (let now = change - 5 * HOUR; now <= change + 5 * HOUR; now += 17 * MINUTE) {
            const until = heldUntil(now, zone, hours)
            expect({ now, hours, held: until !== undefined }).toEqual({ now, hours, held: isNight(now, zone, hours) })
            if (until === undefined) continue
            expect(until).toBeGreaterThan(now)
            expect(isNight(until - spread, zone, hours)).toBe(false)
            expect((until - spread - now) / MINUTE).toBeLessThanOrEqual(nightMinutes(hours) + 60)
          }
    },
  )
})
