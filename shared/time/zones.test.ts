import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isNamed } from '../errors/errors.ts'
import { DAY, HOUR, MINUTE } from './duration.ts'
import { instantAt, isZone, localTime, nextLocalTime, offsetAt, WEEKDAYS } from './zones.ts'

const at = (iso: string) => Date.parse(iso)
const iso = (instant: number) => new Date(instant).toISOString()

describe('isZone', () => {
  it.each(['Europe/Stockholm', 'America/New_York', 'Europe/Kiev', 'Europe/Kyiv', 'UTC', 'Asia/Kolkata'])(
    'knows %s',
    (zone) => {
      expect(isZone(zone)).toBe(true)
    },
  )

  it.each(['', 'Mars/Olympus', '+01:00', 'Stockholm', '2026'])('does not know "%s"', (zone) => {
    expect(isZone(zone)).toBe(false)
  })
})

describe('localTime', () => {
  it('shows the hour, the day of the week and the date of the zone', () => {
    expect(localTime(at('2026-11-21T23:30:00Z'), 'Europe/Stockholm')).toEqual({
      hour: 0,
      minute: 30,
      weekday: 'sunday',
      date: '2026-11-22',
    })
    expect(localTime(at('2026-11-21T03:15:00Z'), 'America/New_York')).toEqual({
      hour: 22,
      minute: 15,
      weekday: 'friday',
      date: '2026-11-20',
    })
  })

  it('changes at the very instant at which the clocks change', () => {
    const change = at('2026-03-29T01:00:00Z')
    expect(localTime(change - 1, 'Europe/Stockholm')).toMatchObject({ hour: 1, minute: 59 })
    expect(localTime(change, 'Europe/Stockholm')).toMatchObject({ hour: 3, minute: 0 })
    expect(localTime(change - 1, 'Europe/Stockholm')).toMatchObject({ hour: 1, minute: 59 })
  })

  it('agrees with Temporal at any instant in any zone', () => {
    const zones = [
      'Europe/Stockholm',
      'America/Adak',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Antarctica/Troll',
      'Africa/Casablanca',
      'Pacific/Apia',
      'UTC',
    ]
    fc.assert(
      fc.property(
        fc.integer({ min: at('1990-01-01'), max: at('2035-01-01') }),
        fc.constantFrom(...zones),
        (now, zone) => {
          const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone)
          expect(localTime(now, zone)).toEqual({
            hour: zoned.hour,
            minute: zoned.minute,
            weekday: WEEKDAYS[zoned.dayOfWeek - 1],
            date: zoned.toPlainDate().toString(),
          })
        },
      ),
      { numRuns: 300 },
    )
  })

  it('says which zone names it takes when it gets another', () => {
    expect.assertions(2)
    try {
      localTime(0, 'Mars/Olympus')
    } catch (error) {
      expect(isNamed(error, 'InvalidInput') && error.code).toBe('time.unknown-zone')
      expect(isNamed(error, 'InvalidInput') && error.message).toContain('Europe/Stockholm')
    }
  })
})

describe('nextLocalTime', () => {
  it.each([
    ['later today', '2026-11-21T06:00:00Z', '09:00', '2026-11-21T08:00:00.000Z'],
    ['now, when it is that time', '2026-11-21T08:00:00Z', '09:00', '2026-11-21T08:00:00.000Z'],
    ['tomorrow, a millisecond later', '2026-11-21T08:00:00.001Z', '09:00', '2026-11-22T08:00:00.000Z'],
    ['the day after the clocks went forward', '2026-03-28T20:00:00Z', '08:00', '2026-03-29T06:00:00.000Z'],
    ['the day after the clocks went back', '2026-10-24T20:00:00Z', '08:00', '2026-10-25T07:00:00.000Z'],
    [
      'the end of the gap, for a time that the clocks skip',
      '2026-03-28T20:00:00Z',
      '02:30',
      '2026-03-29T01:00:00.000Z',
    ],
    [
      'the first of two, for a time that the clocks show twice',
      '2026-10-24T20:00:00Z',
      '02:30',
      '2026-10-25T00:30:00.000Z',
    ],
    ['the next day, once the first of two has passed', '2026-10-25T00:31:00Z', '02:30', '2026-10-26T01:30:00.000Z'],
  ])('is %s', (_, now, time, expected) => {
    expect(iso(nextLocalTime(at(now), 'Europe/Stockholm', time))).toBe(expected)
  })

  it('takes only the days that are allowed', () => {
    const saturday = at('2026-11-21T12:00:00Z')
    expect(iso(nextLocalTime(saturday, 'Europe/Stockholm', '09:00', WEEKDAYS.slice(0, 5)))).toBe(
      '2026-11-23T08:00:00.000Z',
    )
    expect(iso(nextLocalTime(saturday, 'Europe/Stockholm', '09:00', ['saturday']))).toBe('2026-11-28T08:00:00.000Z')
  })

  it('refuses a week without days', () => {
    expect(() => nextLocalTime(0, 'UTC', '09:00', [])).toThrow('at least one day')
  })

  it('copes with a change of half an hour', () => {
    expect(iso(nextLocalTime(at('2026-10-03T00:00:00Z'), 'Australia/Lord_Howe', '02:15'))).toBe(
      '2026-10-03T15:30:00.000Z',
    )
  })

  it('never lies in the past, is at most 26 hours away, and shows that time unless the clocks skip it', () => {
    const zones = [
      'Europe/Stockholm',
      'America/New_York',
      'Australia/Lord_Howe',
      'Antarctica/Troll',
      'Africa/Casablanca',
      'Asia/Tokyo',
    ]
    const clock = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    fc.assert(
      fc.property(
        fc.integer({ min: at('2024-01-01'), max: at('2030-12-31') }),
        fc.constantFrom(...zones),
        clock,
        (now, zone, [hour, minute]) => {
          const next = nextLocalTime(now, zone, `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
          expect(next).toBeGreaterThanOrEqual(now)
          expect(next - now).toBeLessThanOrEqual(DAY + 2 * HOUR)
          const shown = localTime(next, zone)
          if (offsetAt(next - 1, zone) === offsetAt(next, zone))
            expect([shown.hour, shown.minute]).toEqual([hour, minute])
        },
      ),
      { numRuns: 500 },
    )
  })

  it('gives every day exactly one instant, over all changes from 2024 to 2030', () => {
    for (const zone of ['Europe/Stockholm', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca']) {
      let now = at('2024-01-01T00:00:00Z')
      let days = 0
      while (now < at('2031-01-01T00:00:00Z')) {
        now = nextLocalTime(now, zone, '02:30') + MINUTE
        days += 1
      }
      expect(Math.abs(days - (at('2031-01-01') - at('2024-01-01')) / DAY)).toBeLessThanOrEqual(1)
    }
  })
})

describe('instantAt', () => {
  it('is the instant of a local date and time', () => {
    expect(iso(instantAt('2026-07-01', '10:00', 'Europe/Copenhagen'))).toBe('2026-07-01T08:00:00.000Z')
  })

  it('refuses what is no date', () => {
    expect(() => instantAt('tomorrow', '10:00', 'UTC')).toThrow('2026-11-21')
  })
})
