import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../time/duration.ts'
import { localTime, WEEKDAYS } from '../../../time/zones.ts'
import { untilDate, untilTime } from './until-when.ts'
import type { UntilDate } from './wait-until.ts'

const FROM = Date.UTC(2024, 0, 1)
const TO = Date.UTC(2031, 0, 1)

/** Every change of the clocks of a zone in these years. */
function changesIn(zone: string): readonly number[] {
  const changes: number[] = []
  const start = Temporal.Instant.fromEpochMilliseconds(FROM).toZonedDateTimeISO(zone)
  let at = start.getTimeZoneTransition('next')
  while (at !== null && at.epochMilliseconds < TO) {
    changes.push(at.epochMilliseconds)
    at = at.getTimeZoneTransition('next')
  }
  return changes
}

const ZONES = Intl.supportedValuesOf('timeZone')
const CHANGES = ZONES.flatMap((zone) => changesIn(zone).map((at) => ({ zone, at })))

function clockAt(now: number, zone: string) {
  const { date, hour, minute } = localTime(now, zone)
  return { date, time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` }
}

/**
 * When the clocks come to each time of the day for the first time from `now` on: read off the wall, minute by minute. What
 * they skip counts as the first minute after it.
 */
function readOff(now: number, zone: string, change: number): ReadonlyMap<string, number> {
  const before = new Set<string>()
  for (let at = now - 6 * HOUR; at < now; at += MINUTE) {
    const { date, time } = clockAt(at, zone)
    before.add(date + time)
  }
  const first = new Map<string, number>()
  const skipped = timesBetween(clockAt(change - MINUTE, zone).time, clockAt(change, zone).time)
  for (let at = now; at < now + 26 * HOUR; at += MINUTE) {
    const { date, time } = clockAt(at, zone)
    if (!before.has(date + time) && !first.has(time)) first.set(time, at)
    if (at === change) for (const time of skipped) if (!first.has(time)) first.set(time, at)
    before.add(date + time)
  }
  return first
}

/** The times that are skipped when the clocks go from the minute `last` to `next` forwards; none when they go back. */
function timesBetween(last: string, next: string): readonly string[] {
  const [from, to] = [last, next].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
  const gap = (((to ?? 0) - (from ?? 0) + 1440) % 1440) - 1
  if (gap <= 0 || gap > 180) return []
  return Array.from({ length: gap }, (_, index) => {
    const minute = ((from ?? 0) + index + 1) % 1440
    return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  })
}

/** Enough of the day to meet every hour and half hour, and the minutes around them. */
const TIMES = Array.from({ length: 24 }, (_, hour) =>
  ['00', '01', '29', '30', '59'].map((minute) => `${String(hour).padStart(2, '0')}:${minute}`),
).flat()

describe('a local hour, on the days on which the clocks change', () => {
  it('there are a thousand such days and more', () => {
    expect(ZONES.length).toBeGreaterThan(400)
    expect(CHANGES.length).toBeGreaterThan(1_000)
  })

  it.each([
    ['three hours before', -3 * HOUR],
    ['a minute after', MINUTE],
  ])(
    'is what the clocks on the wall come to next, in every zone until 2030: asked %s',
    (_, offset) => {
      for (const { zone, at } of CHANGES) {
        // Five minutes count as just now, so what is asked is read off from there.
        const now = at + offset
        const expected = readOff(now - 5 * MINUTE, zone, at)
        for (const time of TIMES) {
          const asked = { now, askedAt: now, isFirst: true, zone }
          const { until = 0, outcome } = untilTime({ time, days: WEEKDAYS }, asked)
          if (until !== expected.get(time))
            expect({ zone, at: new Date(at), time, until }).toEqual({
              zone,
              at: new Date(at),
              time,
              until: expected.get(time),
            })
          expect(outcome).toBe(until > now ? 'wait' : 'go')
        }
      }
    },
    60_000,
  )
})

const date: UntilDate = {
  trait: ['renewsOn'],
  offset: 0,
  within: 180 * DAY,
  ifMissing: 'exit',
  ifPast: 'exit',
}
const NOW = Date.UTC(2026, 2, 10, 10)
const asked = { now: NOW, askedAt: NOW, isFirst: true, zone: 'Europe/Copenhagen' }
const found = (renewsOn: unknown, more: Partial<UntilDate> = {}, at: Partial<typeof asked> = {}) =>
  untilDate({ ...date, ...more }, () => renewsOn as string, { ...asked, ...at })

describe('a date of hers', () => {
  it('keeps its local hour over a change of the clocks that lies in the offset', () => {
    const until = (offset: number) => new Date(found('2026-03-30', { offset, at: '08:00' }).until ?? 0).toISOString()
    expect(until(0)).toBe('2026-03-30T06:00:00.000Z')
    expect(until(-3 * DAY)).toBe('2026-03-27T07:00:00.000Z')
  })

  it('takes the day that it is where she is of an instant, where an hour is given', () => {
    const late = '2026-03-12T23:30:00Z'
    expect(found(late, { at: '08:00' }).until).toBe(Date.parse('2026-03-13T07:00:00Z'))
    expect(found(late, { at: '08:00' }, { zone: 'America/New_York' }).until).toBe(Date.parse('2026-03-12T12:00:00Z'))
  })

  it('that was a moment ago is no date of the past', () => {
    expect(found('2026-03-10T09:58:00Z').outcome).toBe('go')
    expect(found('2026-03-10T09:55:00Z').outcome).toBe('past')
  })

  it('is waited for once, though it is a moment past when the time comes', () => {
    expect(found('2026-03-10T09:00:00Z', {}, { isFirst: false, askedAt: NOW - DAY }).outcome).toBe('go')
  })

  it('may move for as long as it stays within reach of the first look', () => {
    const later = { isFirst: false, askedAt: NOW - 100 * DAY }
    expect(found('2026-05-01', {}, later)).toMatchObject({ outcome: 'wait' })
    expect(found('2026-06-01', {}, later)).toMatchObject({
      outcome: 'missing',
      detail: expect.stringContaining('too far'),
    })
  })

  it.each([undefined, null, '', 'soon', 42, true, [], {}, '2026-13-01', '10-03-2026', ['2026-04-01']])(
    'is never %j',
    (value) => {
      expect(found(value).outcome).toBe('missing')
    },
  )
})
