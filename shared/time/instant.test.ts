import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { describeInstant, parseInstant } from './instant.ts'

describe('parseInstant', () => {
  it.each([
    ['2026-12-24', '2026-12-24T00:00:00.000Z'],
    ['2026-12-24T18:30', '2026-12-24T18:30:00.000Z'],
    ['2026-12-24T18:30:15', '2026-12-24T18:30:15.000Z'],
    ['2026-12-24T18:30:15.250Z', '2026-12-24T18:30:15.250Z'],
    ['2026-12-24T18:30:00+02:00', '2026-12-24T16:30:00.000Z'],
    ['2026-12-24T00:30-01:00', '2026-12-24T01:30:00.000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(Date.parse(instant))
  })

  it.each([
    '',
    '2026',
    '2026-12',
    '24.12.2026',
    '2026-02-30',
    '2026-02-29',
    '2026-13-01',
    '2026-12-24T25:00Z',
    '2026-12-24 18:00',
    '1795000000000',
    'tomorrow',
  ])('takes %j for no instant', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })
})

describe('describeInstant', () => {
  it.each(['2026-12-24', '2026-12-24T18:30:00Z', '2026-12-24T18:30:00.250Z'])('writes %s as it is read', (text) => {
    expect(describeInstant(parseInstant(text) ?? 0)).toBe(text)
  })

  it('writes every instant so that it is read as the same', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2199-01-01'), noInvalidDate: true }), (date) => {
        expect(parseInstant(describeInstant(date.getTime()))).toBe(date.getTime())
      }),
    )
  })
})
