import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, describeDuration, HOUR, MINUTE, parseDuration } from './duration.ts'

describe('parseDuration', () => {
  it.each([
    ['1 hour', HOUR],
    ['2 days', 2 * DAY],
    ['1 hour 30 minutes', 90 * MINUTE],
    ['90 minutes', 90 * MINUTE],
    ['1.5 hours', 90 * MINUTE],
    ['2 weeks', 14 * DAY],
    ['45 seconds', 45_000],
    [' 3  Days ', 3 * DAY],
    ['3days', 3 * DAY],
    ['0 days', 0],
  ])('reads %j', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds)
  })

  it.each(['', 'soon', '3', 'days', '-1 day', '1 month', '1 hour and 5 minutes', '1 day, 2 hours', '1 dayss', 'P1D'])(
    'takes %j for no duration',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )
})

describe('describeDuration', () => {
  it.each([
    [0, '0 seconds'],
    [1_000, '1 second'],
    [90 * MINUTE, '1 hour 30 minutes'],
    [14 * DAY, '14 days'],
    [DAY + 1_000, '1 day 1 second'],
  ])('writes %i ms as %s', (milliseconds, text) => {
    expect(describeDuration(milliseconds)).toBe(text)
  })

  it('writes whole seconds so that they are read as the same', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4_000_000_000 }), (seconds) => {
        expect(parseDuration(describeDuration(seconds * 1_000))).toBe(seconds * 1_000)
      }),
    )
  })
})
