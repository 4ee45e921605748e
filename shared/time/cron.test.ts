import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { nextCron, parseCron } from './cron.ts'
import { localTime } from './zones.ts'

const next = (cron: string, zone: string, after: string, count = 1): readonly string[] => {
  const found: string[] = []
  for (let at = Date.parse(after); found.length < count; found.push(new Date(at).toISOString()))
    at = nextCron(parseCron(cron), zone, at)
  return found
}

const local = (cron: string, zone: string, after: string, count = 1): readonly string[] =>
  next(cron, zone, after, count).map((instant) => {
    const { date, hour, minute } = localTime(Date.parse(instant), zone)
    return `${date} ${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  })

describe('a schedule', () => {
  it.each([
    ['0 9 * * mon', '2026-03-10T10:00Z', ['2026-03-16 09:00', '2026-03-23 09:00']],
    ['*/20 9-10 * * *', '2026-03-10T08:30Z', ['2026-03-10 09:40', '2026-03-10 10:00']],
    ['5/20 * * * *', '2026-03-10T08:30Z', ['2026-03-10 09:45', '2026-03-10 10:05']],
    ['0 0 1 jan,jul *', '2026-03-10T08:30Z', ['2026-07-01 00:00', '2027-01-01 00:00']],
    ['0 8 * * sat,7', '2026-03-10T08:30Z', ['2026-03-14 08:00', '2026-03-15 08:00']],
    ['0 12 29 2 *', '2026-03-10T08:30Z', ['2028-02-29 12:00', '2032-02-29 12:00']],
    ['0 12 29 feb *', '2096-03-10T08:30Z', ['2104-02-29 12:00']],
    [
      '0 9 13 * fri',
      '2026-03-10T08:30Z',
      [
        '2026-03-13 09:00',
        '2026-03-20 09:00',
        '2026-03-27 09:00',
        '2026-04-03 09:00',
        '2026-04-10 09:00',
        '2026-04-13 09:00',
      ],
    ],
    ['0 9 */10 * mon', '2026-03-10T08:30Z', ['2026-05-11 09:00']],
  ])('%s after %s', (cron, after, expected) => {
    expect(local(cron, 'Europe/Copenhagen', after, expected.length)).toEqual(expected)
  })

  it('comes strictly after', () => {
    expect(next('0 9 * * *', 'UTC', '2026-03-10T09:00Z')).toEqual(['2026-03-11T09:00:00.000Z'])
    expect(next('0 9 * * *', 'UTC', '2026-03-10T08:59:59.999Z')).toEqual(['2026-03-10T09:00:00.000Z'])
  })

  it.each([
    ['0 9 * *', 'It has five fields: minute, hour, day of the month, month, day of the week, as in "0 9 * * mon".'],
    ['0 9 * * * *', 'It has five fields: minute, hour, day of the month, month, day of the week, as in "0 9 * * mon".'],
    ['60 9 * * *', '"60" is no minute; it goes from 0 to 59.'],
    ['0 9 * * monday', '"monday" is no day of the week; it goes from 0 to 7.'],
    ['0 9 0 * *', '"0" is no day of the month; it goes from 1 to 31.'],
    ['0 9 * foo *', '"foo" is no month; it goes from 1 to 12.'],
    ['0 17-9 * * *', '"17-9" is an empty range.'],
    ['*/0 9 * * *', '"*/0" is an empty range.'],
    ['0 9 31 feb,apr *', 'There is no such day in these months.'],
    ['a-b-c 9 * * *', '"a-b-c" is no minute.'],
  ])('refuses %s and says why', (cron, message) => {
    expect(() => parseCron(cron)).toThrow(message)
  })
})

describe('when the clocks change', () => {
  it('a time that is skipped comes at the end of the gap, once', () => {
    expect(next('30 2 * * *', 'Europe/Copenhagen', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ])
    expect(next('*/15 2 * * *', 'Europe/Copenhagen', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:00:00.000Z',
    ])
  })

  it('a time that is shown twice comes once', () => {
    expect(next('30 2 * * *', 'Europe/Copenhagen', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ])
  })

  it('a day that a zone skipped as a whole comes when the next one begins', () => {
    expect(next('0 9 30 12 *', 'Pacific/Apia', '2011-12-29T00:00Z')).toEqual(['2011-12-30T10:00:00.000Z'])
  })

  const zones = [
    'Europe/Copenhagen',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Santiago',
    'Africa/Casablanca',
    'Asia/Beirut',
  ]

  it.each(zones)('every day has its time once, around every change in %s', (zone) => {
    for (const time of ['0 0', '30 0', '30 1', '30 2', '30 3', '59 23']) {
      const [minute, hour] = time.split(' ')
      const days = transitionsOf(zone).flatMap((instant) => [-1, 0, 1, 2].map((day) => dayOf(instant, zone, day)))
      for (const day of days) {
        const eve = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone }).epochMilliseconds - 1
        const found = nextCron(parseCron(`${minute} ${hour} * * *`), zone, eve)
        const wanted = Temporal.PlainDateTime.from(`${day}T${hour?.padStart(2, '0')}:${minute?.padStart(2, '0')}`)
        const shown = Temporal.Instant.fromEpochMilliseconds(found).toZonedDateTimeISO(zone).toPlainDateTime()
        const inZone = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' })
        // A time that there is is shown; one that there is not has passed in that very minute.
        if (inZone.toPlainDateTime().equals(wanted)) expect(found, `${day} ${time}`).toBe(inZone.epochMilliseconds)
        else {
          const before = Temporal.Instant.fromEpochMilliseconds(found - 1)
            .toZonedDateTimeISO(zone)
            .toPlainDateTime()
          expect(Temporal.PlainDateTime.compare(before, wanted), `${day} ${time}`).toBeLessThan(0)
          expect(Temporal.PlainDateTime.compare(shown, wanted), `${day} ${time}`).toBeGreaterThan(0)
        }
      }
    }
  })
})

function transitionsOf(zone: string): readonly number[] {
  const found: number[] = []
  let at = Temporal.Instant.from('2010-01-01T00:00Z').toZonedDateTimeISO(zone)
  for (;;) {
    const transition = at.getTimeZoneTransition('next')
    if (transition === null || transition.year > 2035) return found
    found.push(transition.epochMilliseconds)
    at = transition
  }
}

function dayOf(instant: number, zone: string, days: number): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().add({ days }).toString()
}
