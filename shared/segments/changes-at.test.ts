import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aCondition, aTouchpoint, NOON, someFacts } from '#test/builders/conditions.ts'
import { changesAt } from './changes-at.ts'
import { evaluate } from './evaluate.ts'

const DAY = 86_400_000
const iso = (at: number): string => new Date(at).toISOString()

describe('changesAt', () => {
  it.each([
    ['{ trait: plan, is: pro }', undefined],
    ['{ trait: ended, before: 2026-11-22 }', undefined],
    ['{ trait: ended, in the last: 3 days }', NOON + 2 * DAY],
    ['{ trait: ended, in the next: 3 days }', undefined],
    ['{ trait: ends, in the next: 3 days }', NOON + 2 * DAY],
    ['{ trait: ends, in the next: 30 days }', NOON + 5 * DAY],
    ['{ trait: ends, in the last: 30 days }', NOON + 5 * DAY],
    ['{ trait: missing, in the last: 30 days }', undefined],
    ['did: order.completed', undefined],
    ['{ did: order.completed, since: 2026-11-01, before: 2026-12-01 }', undefined],
    ['{ did: order.completed, in the last: 3 days }', NOON + DAY],
    ['{ did: order.completed, in the last: 1 day }', undefined],
    ['{ did: order.completed, where: { property: due, in the next: 2 days } }', NOON + 4 * DAY],
    ['{ message: hello, was: opened, in the last: 2 days }', NOON + DAY],
    [
      '{ any: [{ trait: ended, in the last: 3 days }, { none: [{ did: order.completed, in the last: 3 days }] }] }',
      NOON + DAY,
    ],
  ])('%s', (yaml, expected) => {
    const facts = someFacts({
      traits: { ended: iso(NOON - DAY), ends: iso(NOON + 5 * DAY) },
      timeline: {
        'order.completed': [aTouchpoint({ occurredAt: NOON - 2 * DAY, properties: { due: iso(NOON + 6 * DAY) } })],
      },
      messages: () => [{ state: 'opened', at: NOON - DAY }],
    })
    expect(changesAt(aCondition(yaml), facts)).toBe(expected ?? Number.POSITIVE_INFINITY)
  })

  it('never comes after the instant at which the answer changes', () => {
    const window = fc.integer({ min: 1, max: 6 }).map((days) => `${days} days`)
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom('in the last', 'in the next'), window)
        .map(([key, wide]) => `{ trait: day, ${key}: ${wide} }`),
      fc
        .tuple(
          fc.constantFrom('did', 'did not'),
          fc.constantFrom('at least', 'at most'),
          fc.integer({ min: 1, max: 3 }),
          window,
        )
        .map(([did, least, times, wide]) => `{ ${did}: a.b, ${least}: ${times}, in the last: ${wide} }`),
      window.map((wide) => `{ did: a.b, where: { property: day, in the next: ${wide} } }`),
    )
    const condition = fc
      .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(line, { minLength: 1, maxLength: 3 }))
      .map(([kind, lines]) => aCondition(`${kind}: [${lines.join(', ')}]`))
    const day = fc.integer({ min: -8, max: 8 }).map((days) => NOON + days * DAY)
    fc.assert(
      fc.property(condition, day, fc.array(fc.tuple(day, day), { maxLength: 4 }), (one, trait, done) => {
        const touchpoints = done.map(([at, due]) =>
          aTouchpoint({ occurredAt: Math.min(at, NOON), properties: { day: iso(due) } }),
        )
        const at = (now: number) => someFacts({ now, traits: { day: iso(trait) }, timeline: { 'a.b': touchpoints } })
        const next = changesAt(one, at(NOON))
        expect(next).toBeGreaterThan(NOON)
        for (let now = NOON; now < Math.min(next, NOON + 20 * DAY); now += DAY / 4)
          expect(evaluate(one, at(now))).toBe(evaluate(one, at(NOON)))
      }),
    )
  })
})
