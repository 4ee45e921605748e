import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aCondition, aTouchpoint, NOON, someFacts } from '#test/builders/conditions.ts'
import { evaluate } from './evaluate.ts'

const iso = (offsetMs: number): string => new Date(NOON + offsetMs).toISOString()
const holds = (comparison: string, value: unknown): boolean =>
  evaluate(aCondition(`{ trait: it, ${comparison} }`), someFacts({ traits: { it: value }, entered: { id: 7 } }))

describe('compare', () => {
  it.each<[comparison: string, yes: readonly unknown[], no: readonly unknown[]]>([
    ['is: pro', ['pro'], ['Pro', 'pro ', '', ['pro'], { pro: 'pro' }]],
    ['is: 5', [5, '5'], ['5.0', '05', 50]],
    ['is: 01234', ['01234'], [1234]],
    ['is: true', [true, 'true'], [false, 1, 'TRUE']],
    ['is: NO', ['NO'], [false, 'no']],
    ['is not: pro', ['free', 5, ['pro'], ''], ['pro']],
    ['one of: [store, app]', ['store', 'app'], ['web', 'store, app']],
    ['one of: store', ['store'], ['app']],
    ['one of: [1, true]', [1, '1', true], [0, false]],
    ['contains: oat', ['with oat milk', 'oat', ['oat', 'soy']], ['Oat', ['oat milk'], { oat: 1 }]],
    ['contains: 7', [172, [7], ['7']], [[77], 18]],
    ['starts with: "+46"', ['+46701234567'], ['46', '0046', ['+46']]],
    ['starts with: 4', [46, '4'], [64]],
    ['at least: 50', [50, 50.1, '50', '050', 100], [49.99, 9, '9', 'many', '', true, [50], 'NaN']],
    ['at most: 50', [50, '9', -1, '-1'], [50.01, 'few', '', false, [1]]],
    ['less than: 50', [49, '9'], [50, 'few', '']],
    ['more than: 50', [51, '100'], [50, '9', 'many']],
    ['at least: 2.50', [2.5, '2.5', 3], [2.49]],
    ['more than: -1', [0, '-0.5'], [-1, -2]],
    ['at least: "10:00"', ['10:00', '21:30'], ['09:59', ['10:00']]],
    ['less than: b', ['a', 'B', 5], ['b', 'c', ['a']]],
    [
      'before: 2026-12-24',
      ['2026-12-23', '2026-12-23T23:59:59.999Z'],
      ['2026-12-24', '2026-12-24T00:00+00:00', 'soon', 1],
    ],
    ['before: 2026-12-24T00:00:00Z', ['2026-12-24T00:30:00+01:00'], ['2026-12-24T01:00:00+01:00']],
    [
      'after: 2026-12-24',
      ['2026-12-24T00:00:01', '2026-12-25'],
      ['2026-12-24', '2026-12-24T00:00:01+01:00', '2026-13-01'],
    ],
    ['in the last: 2 days', [iso(0), iso(-1), '2026-11-20'], [iso(1), iso(-2 * 86_400_000), '2026-11-19', 'now']],
    ['in the next: 2 days', [iso(1), '2026-11-22', iso(2 * 86_400_000)], [iso(0), iso(-1), '2026-11-24', NOON + 1]],
    ['exists: true', ['', 0, false, [], {}], [null]],
    ['exists: false', [null], ['', 0, false, [], {}]],
    ['same as: entry.id', [7, '7'], ['07', 8, [7]]],
    ['same as: entry.nothing', [], ['x', '', 'undefined', 'null']],
    ['same as: trait.it', ['x', 5, false], [['x'], { x: 1 }]],
  ])('%s', (comparison, yes, no) => {
    for (const value of yes) expect([value, holds(comparison, value)]).toEqual([value, true])
    for (const value of no) expect([value, holds(comparison, value)]).toEqual([value, false])
  })

  const OPERATORS = [
    'is: x',
    'one of: [x, "undefined", "null"]',
    'contains: e',
    'starts with: u',
    'at least: 0',
    'at most: 0',
    'less than: 1',
    'more than: -1',
    'at least: a',
    'at most: z',
    'before: 2999-01-01',
    'after: 1000-01-01',
    'in the last: 99999 days',
    'in the next: 99999 days',
    'exists: true',
    'same as: entry.id',
    'same as: entry.nothing',
  ]

  it.each(OPERATORS)('%s never holds for a missing value', (comparison) => {
    expect(holds(comparison, undefined)).toBe(false)
    expect(holds(comparison, null)).toBe(false)
  })

  it.each(['is not: x', 'exists: false'])('%s holds for a missing value', (comparison) => {
    expect(holds(comparison, undefined)).toBe(true)
    expect(holds(comparison, null)).toBe(true)
  })

  it('throws for no value and no operator', () => {
    fc.assert(
      fc.property(fc.constantFrom(...OPERATORS, 'is not: x', 'exists: false'), fc.jsonValue(), (comparison, value) => {
        expect(typeof holds(comparison, value)).toBe('boolean')
      }),
    )
  })

  it('orders numbers as numbers, whether written as numbers or as texts', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.boolean(), (value, bound, asText) => {
        const seen = asText ? String(value) : value
        expect(holds(`at least: ${bound}`, seen)).toBe(value >= bound)
        expect(holds(`less than: ${bound}`, seen)).toBe(value < bound)
        expect(holds(`more than: ${bound}`, seen)).toBe(value > bound)
        expect(holds(`at most: ${bound}`, seen)).toBe(value <= bound)
      }),
    )
  })

  it('asks for all of several comparisons', () => {
    expect(holds('at least: 50, less than: 100', 99)).toBe(true)
    expect(holds('at least: 50, less than: 100', 100)).toBe(false)
    expect(holds('at least: 50, less than: 100', 49)).toBe(false)
  })
})

describe('same as', () => {
  it.each([
    ['{ property: order_id, same as: entry.order_id }', true],
    ['{ property: order_id, same as: saved.answer.order }', true],
    ['{ property: store, same as: trait.favouriteStore }', true],
    ['{ trait: favouriteStore, same as: property.store }', true],
    ['{ trait: favouriteChannel, same as: channel }', true],
    ['{ property: order_id, same as: property.store }', false],
    ['{ property: order_id, same as: entry.__proto__ }', false],
  ])('%s', (yaml, expected) => {
    const facts = someFacts({
      traits: { favouriteStore: 'Malmö', favouriteChannel: 'app' },
      entered: { order_id: 12 },
      answers: { answer: { order: '12' } },
    })
    const touchpoint = aTouchpoint({ properties: { order_id: '12', store: 'Malmö' } })
    expect(evaluate(aCondition(yaml), facts, touchpoint)).toBe(expected)
  })
})
