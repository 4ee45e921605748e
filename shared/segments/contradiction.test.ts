import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aCondition, aTouchpoint, NOON, someFacts } from '#test/builders/conditions.ts'
import { DAY } from '../time/duration.ts'
import type { Condition } from './condition.ts'
import { contradict, type Literal } from './contradiction.ts'
import { evaluate } from './evaluate.ts'
import { MESSAGE_STATES } from './facts.ts'

const literal = (yaml: string, holds = true): Literal => ({ condition: aCondition(yaml), holds })

describe('contradict', () => {
  it.each([
    ['{ trait: a, is: x }', '{ trait: a, is: y }'],
    ['{ trait: a, is: x }', '{ trait: a, is not: x }'],
    ['{ trait: a, is: x }', '{ trait: a, one of: [y, z] }'],
    ['{ trait: a, is: "7" }', '{ trait: a, less than: 5 }'],
    ['{ trait: a, is: x }', '{ trait: a, exists: false }'],
    ['{ trait: a, one of: [x, y] }', '{ trait: a, starts with: z }'],
    ['{ trait: a, at least: 5 }', '{ trait: a, less than: 5 }'],
    ['{ trait: a, more than: 5 }', '{ trait: a, at most: 5 }'],
    ['{ trait: a, before: 2026-01-01 }', '{ trait: a, after: 2026-06-01 }'],
    ['{ trait: a, in the last: 7 days }', '{ trait: a, in the next: 7 days }'],
    ['{ trait: a, starts with: ab }', '{ trait: a, starts with: cd }'],
    ['{ did: a.b, at least: 3 times, in the last: 7 days }', '{ did: a.b, at most: 2 times, in the last: 30 days }'],
    ['{ did: a.b, in the last: 7 days }', '{ did not: a.b }'],
    ['{ in segment: s }', '{ not in segment: s }'],
    ['{ message: m, was: clicked }', '{ none: [{ message: m, was: opened }] }'],
    ['{ bucket: 10% }', '{ none: [{ bucket: 20% }] }'],
    ['{ any: [{ trait: a, is: x }, { trait: a, is: y }] }', '{ trait: a, is: z }'],
    ['{ consent: offers, by: sms }', '{ none: [{ consent: offers, by: sms }] }'],
  ])('sees that nobody is both %s and %s', (one, other) => {
    expect(contradict([literal(one), literal(other)])).toBe(true)
    expect(contradict([literal(other), literal(one)])).toBe(true)
  })

  it.each([
    ['{ trait: a, is: "5" }', '{ trait: a, at least: 5 }'],
    ['{ trait: a, is not: x }', '{ trait: a, exists: false }'],
    ['{ trait: a, at least: 5 }', '{ trait: b, less than: 5 }'],
    ['{ trait: a, at least: 5 }', '{ trait: a, at most: 5 }'],
    ['{ trait: a, starts with: ab }', '{ trait: a, starts with: abc }'],
    ['{ did: a.b, at least: 3 times, in the last: 30 days }', '{ did: a.b, at most: 2 times, in the last: 7 days }'],
    ['{ did: a.b, where: { property: x, is: y } }', '{ did not: a.b, where: { property: x, is: z } }'],
    ['{ did: a.b }', '{ did not: a.b, where: { property: x, is: y } }'],
    ['{ message: m, was: opened }', '{ none: [{ message: m, was: clicked }] }'],
    ['{ message: m, was: opened }', '{ none: [{ message: m, was: opened, in the last: 7 days }] }'],
    ['{ bucket: 20% }', '{ none: [{ bucket: 10% }] }'],
    ['{ trait: a, contains: x }', '{ trait: a, contains: y }'],
  ])('sees that somebody may be both %s and %s', (one, other) => {
    expect(contradict([literal(one), literal(other)])).toBe(false)
  })

  it('takes what does not hold of a number the other way round only where it is a number', () => {
    const no = [literal('{ trait: a, at least: 5 }', false), literal('{ trait: a, less than: 5 }', false)]
    expect(contradict(no)).toBe(false)
    expect(contradict([...no, literal('{ trait: a, at least: 0 }')])).toBe(true)
  })

  it('claims nothing when there is too much to look at', () => {
    const any = literal(`{ any: [${Array.from({ length: 30 }, (_, index) => `{ trait: t${index}, is: x }`)}] }`)
    expect(contradict([any, any, any, literal('{ trait: b, is: x }'), literal('{ trait: b, is: y }')])).toBe(false)
  })
})

describe('what contradicts', () => {
  const trait = fc.constantFrom('a', 'b')
  const value = fc.constantFrom('x', 'xy', '5', '5.0', '7', 'true', '2026-11-20', '2026-11-25')
  const bound = fc.constantFrom('0', '5', '7', 'x')
  const time = fc.constantFrom('1 day', '3 days', '30 days')
  const comparison = fc.oneof(
    fc.record({ is: value }),
    fc.record({ 'is not': value }),
    fc.record({ 'one of': fc.array(value, { minLength: 1, maxLength: 3 }) }),
    fc.record({ contains: value }),
    fc.record({ 'starts with': value }),
    ...['at least', 'at most', 'less than', 'more than'].map((key) => fc.record({ [key]: bound })),
    ...['before', 'after'].map((key) =>
      fc.record({ [key]: fc.constantFrom('2026-11-19', '2026-11-21', '2026-11-30') }),
    ),
    ...['in the last', 'in the next'].map((key) => fc.record({ [key]: time })),
    fc.record({ exists: fc.constantFrom('true', 'false') }),
  )
  const counted = fc.record(
    { 'at least': fc.constantFrom('1', '2', '3'), 'at most': fc.constantFrom('0', '1', '2'), 'in the last': time },
    { requiredKeys: [] },
  )
  const written = fc.letrec<{ condition: object }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      fc.tuple(trait, comparison, comparison).map(([name, one, other]) => ({ trait: name, ...one, ...other })),
      fc.tuple(fc.constantFrom('did', 'did not'), counted).map(([key, more]) => ({ [key]: 'a.b', ...more })),
      fc.constantFrom({ 'in segment': 's' }, { 'not in segment': 's' }, { bucket: '10%' }, { bucket: '60%' }),
      fc
        .record({ was: fc.constantFrom(...MESSAGE_STATES), window: fc.option(time, { nil: undefined }) })
        .map(({ was, window }) => ({ message: 'm', was, ...(window === undefined ? {} : { 'in the last': window }) })),
      fc
        .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(tie('condition'), { minLength: 1, maxLength: 3 }))
        .map(([key, parts]) => ({ [key]: parts })),
    ),
  })).condition
  const condition: fc.Arbitrary<Condition> = written.map((one) => aCondition(JSON.stringify(one)))
  const literals = fc.array(fc.record({ condition, holds: fc.boolean() }), { minLength: 1, maxLength: 4 })
  const known = fc.oneof(
    value,
    fc.constantFrom(0, 5, 7, 5.5, true, null),
    fc.constant(undefined),
    fc.constant(['x', '5']),
  )
  const facts = fc
    .record({
      customer: fc.constantFrom('ada', 'bo', 'cy', 'di'),
      traits: fc.record({ a: known, b: known }),
      days: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 4 }),
      inSegment: fc.boolean(),
      states: fc.array(fc.record({ state: fc.constantFrom(...MESSAGE_STATES), days: fc.integer({ min: 0, max: 9 }) }), {
        maxLength: 2,
      }),
    })
    .map(({ customer, traits, days, inSegment, states }) =>
      someFacts({
        customer,
        traits,
        timeline: { 'a.b': days.map((day) => aTouchpoint({ occurredAt: NOON - day * DAY })) },
        inSegment: () => inSegment,
        messages: () => states.map(({ state, days: ago }) => ({ state, at: NOON - ago * DAY })),
      }),
    )

  it('is never so of anybody', () => {
    fc.assert(
      fc.property(literals, fc.array(facts, { minLength: 20, maxLength: 20 }), (all, people) => {
        fc.pre(contradict(all))
        for (const one of people)
          expect(all.every(({ condition: asked, holds }) => evaluate(asked, one) === holds)).toBe(false)
      }),
    )
  })
})
