import { describe, expect, it } from 'vitest'
import { addDays, describeLocalMoment, endOf, parseLocalMoment, startOf } from './local-moment.ts'

const iso = (instant: number): string => new Date(instant).toISOString()

describe('a moment on the wall', () => {
  it.each([
    ['2026-12-24', { date: '2026-12-24' }],
    ['2026-12-24 09:00', { date: '2026-12-24', time: '09:00' }],
    ['2026-12-24T23:59', { date: '2026-12-24', time: '23:59' }],
    ['2026-02-30', undefined],
    ['2026-13-01', undefined],
    ['2026-12-24 24:00', undefined],
    ['2026-12-24 9:00', undefined],
    ['2026-12-24T09:00Z', undefined],
    ['tomorrow', undefined],
  ])('reads %s', (text, moment) => {
    expect(parseLocalMoment(text)).toEqual(moment)
    if (moment !== undefined) expect(describeLocalMoment(moment)).toBe(text.replace('T', ' '))
  })

  it('is another instant in another zone', () => {
    const moment = { date: '2026-07-01', time: '09:00' }
    expect(iso(startOf(moment, 'Europe/Copenhagen'))).toBe('2026-07-01T07:00:00.000Z')
    expect(iso(startOf(moment, 'Asia/Tokyo'))).toBe('2026-07-01T00:00:00.000Z')
  })

  it('without a time is the day as a whole, also one of 23 hours', () => {
    const day = { date: '2026-03-29' }
    expect(iso(startOf(day, 'Europe/Copenhagen'))).toBe('2026-03-28T23:00:00.000Z')
    expect(iso(endOf(day, 'Europe/Copenhagen'))).toBe('2026-03-29T22:00:00.000Z')
  })

  it('with a time ends when it comes', () => {
    expect(iso(endOf({ date: '2026-03-29', time: '12:00' }, 'Europe/Copenhagen'))).toBe('2026-03-29T10:00:00.000Z')
  })

  it.each([
    ['2026-03-01', -1, '2026-02-28'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-12-31', 30, '2027-01-30'],
  ])('%s and %i days is %s', (date, days, other) => {
    expect(addDays(date, days)).toBe(other)
  })
})
