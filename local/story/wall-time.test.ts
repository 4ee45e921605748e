import { describe, expect, it } from 'vitest'
import { dateOf, gapOf, hourOf, whenOf } from './wall-time.ts'

const ZONE = 'Europe/Copenhagen'
const NOW = Date.parse('2026-11-21T13:20:00Z')

describe('wall time', () => {
  it('is that of her zone', () => {
    expect([hourOf(NOW, ZONE), dateOf(NOW, ZONE)]).toEqual(['14:20', 'Saturday 21 November'])
  })

  it.each([
    ['2026-11-21T22:30:00Z', '23:30'],
    ['2026-11-21T23:30:00Z', 'tomorrow 00:30'],
    ['2026-11-20T23:10:00Z', '00:10'],
    ['2026-11-20T22:10:00Z', 'yesterday 23:10'],
    ['2026-11-23T14:20:00Z', 'Mon 15:20'],
    ['2026-03-02T07:42:00Z', '2 Mar 08:42'],
  ])('says of %s that it is %s', (at, text) => {
    expect(whenOf(Date.parse(at), ZONE, NOW)).toBe(text)
  })

  it.each([
    [9 * 60_000, undefined],
    [25 * 60_000, '25 minutes later'],
    [3_600_000, '1 hour later'],
    [24 * 3_600_000, '1 day later'],
    [48 * 3_600_000, '2 days later'],
    [264 * 86_400_000, '9 months later'],
  ])('tells a gap of %s ms as %s', (gap, text) => {
    expect(gapOf(NOW, NOW + gap)).toBe(text)
  })
})
