import { describe, expect, it } from 'vitest'
import { formatDate } from './dates.ts'

const CONTEXT = { now: Date.parse('2026-11-21T22:05:09Z'), zone: 'Europe/Stockholm', locale: 'en' }

describe('formatDate', () => {
  it.each([
    ['%Y-%m-%d %H:%M:%S', '2026-11-21 23:05:09'],
    ['%F %T', '2026-11-21 23:05:09'],
    ['%F %R', '2026-11-21 23:05'],
    ['%y %-m %-d %e', '26 11 21 21'],
    ['%I:%M %p %l %P %k', '11:05 PM 11 pm 23'],
    ['%A %a %B %b', 'Saturday Sat November Nov'],
    ['%^a %^B', 'SAT NOVEMBER'],
    ['%j %u %w', '325 6 6'],
    ['%x', 'November 21, 2026'],
    ['100%% %Q', '100% %Q'],
  ])('writes now as %s: %s', (format, expected) => {
    expect(formatDate('now', format, CONTEXT)).toBe(expected)
  })

  it.each([
    ['sv', 'lördag 21 november'],
    ['da', 'lørdag 21 november'],
    ['nl', 'zaterdag 21 november'],
    ['en', 'Saturday 21 November'],
  ])('names days and months in %s', (locale, expected) => {
    expect(formatDate('today', '%A %-d %B', { ...CONTEXT, locale })).toBe(expected)
  })

  it.each([
    ['an instant', '2026-07-01T22:30:00Z', '2026-07-02 00:30'],
    ['an instant with an offset', '2026-07-01T22:30:00-05:00', '2026-07-02 05:30'],
    ['a time on her wall', '2026-07-01T22:30', '2026-07-01 22:30'],
    ['a time on her wall with a space', '2026-07-01 22:30:10', '2026-07-01 22:30'],
    ['a date, in every zone the same', '2026-12-31', '2026-12-31 00:00'],
    ['seconds since 1970', 1_782_945_000, '2026-07-02 00:30'],
    ['milliseconds since 1970', 1_782_945_000_000, '2026-07-02 00:30'],
  ])('reads %s', (_, value, expected) => {
    expect(formatDate(value, '%F %R', CONTEXT)).toBe(expected)
  })

  it('keeps a date the same west of Greenwich', () => {
    expect(formatDate('2026-12-31', '%F', { ...CONTEXT, zone: 'America/Los_Angeles' })).toBe('2026-12-31')
  })

  it.each(['soon', 'Order 1', '', '2026-13-40', null, undefined, Number.NaN])('gives %j back as it is', (value) => {
    expect(formatDate(value, '%F', CONTEXT)).toBe(value)
  })
})
