import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aCondition, aTouchpoint, NOON, someFacts } from '#test/builders/conditions.ts'
import type { Condition } from './condition.ts'
import { evaluate } from './evaluate.ts'
import type { Facts, MessageState, TouchpointFact } from './facts.ts'

const DAY = 86_400_000
const holds = (yaml: string, facts: Facts = someFacts(), touchpoint?: TouchpointFact): boolean =>
  evaluate(aCondition(yaml), facts, touchpoint)

describe('trait, entry, saved, property, channel', () => {
  const facts = someFacts({
    traits: { plan: 'pro' },
    entered: { channel: 'store', items: [{ sku: 'bun' }] },
    answers: { offer: { code: 'X1' } },
  })
  const touchpoint = aTouchpoint({ channel: 'web', properties: { total: 60 } })

  it.each([
    ['{ trait: plan, is: pro }', true],
    ['{ entry: channel, is: store }', true],
    ['{ entry: items.0.sku, is: bun }', true],
    ['{ saved: offer.code, starts with: X }', true],
    ['{ property: total, at least: 50 }', true],
    ['{ channel: web }', true],
    ['{ channel: [store, web] }', true],
    ['{ channel: { is not: web } }', false],
    ['{ channel: store }', false],
    ['{ property: plan, exists: true }', false],
    ['{ trait: constructor, exists: true }', false],
    ['{ property: __proto__, exists: true }', false],
    ['{ entry: items.length, exists: true }', false],
  ])('%s', (yaml, expected) => {
    expect(holds(yaml, facts, touchpoint)).toBe(expected)
  })

  it('finds no property and no channel where there is no touchpoint', () => {
    expect(holds('{ property: total, exists: true }', facts)).toBe(false)
    expect(holds('{ channel: { exists: true } }', facts)).toBe(false)
  })
})

describe('did', () => {
  const orders = [1, 10, 20, 40].map((days) =>
    aTouchpoint({
      occurredAt: NOON - days * DAY,
      channel: days < 15 ? 'store' : 'app',
      properties: { total: days * 10, store: 'Malmö' },
    }),
  )
  const facts = someFacts({ traits: { favouriteStore: 'Malmö' }, timeline: { 'order.completed': orders } })

  it.each([
    ['did: order.completed', true],
    ['did: order.returned', false],
    ['{ did: order.completed, at least: 4 times }', true],
    ['{ did: order.completed, at least: 5 times }', false],
    ['{ did: order.completed, at most: 4 times }', true],
    ['{ did: order.completed, at most: 3 times }', false],
    ['{ did: order.returned, at most: 3 times }', true],
    ['{ did: order.completed, at least: 2 times, at most: 3 times, in the last: 30 days }', true],
    ['{ did: order.completed, at least: 4 times, in the last: 30 days }', false],
    ['{ did: order.completed, at least: 2, in the last: 10 days 1 second }', true],
    ['{ did: order.completed, at least: 2, in the last: 10 days }', false],
    ['{ did: order.completed, at most: 1 time, since: 2026-11-11T12:00:00Z }', false],
    ['{ did: order.completed, at most: 1 time, since: 2026-11-11T12:00:01Z }', true],
    ['{ did: order.completed, before: 2026-10-12T12:00:00.001Z }', true],
    ['{ did: order.completed, before: 2026-10-12T12:00:00Z }', false],
    ['{ did: order.completed, at least: 2, since: 2026-11-01, before: 2026-11-20 }', true],
    ['{ did: order.completed, at least: 3, since: 2026-11-01, in the last: 15 days }', false],
    ['{ did not: order.returned }', true],
    ['{ did not: order.completed }', false],
    ['{ did not: order.completed, in the last: 1 day }', true],
    ['{ did not: order.completed, at least: 5 times }', true],
    ['{ did not: order.completed, at least: 4 times }', false],
    ['{ did not: order.completed, at most: 3 times }', true],
    ['{ did: order.completed, at least: 2, where: { property: total, at least: 200 } }', true],
    ['{ did: order.completed, at least: 3, where: { property: total, at least: 200 } }', false],
    ['{ did: order.completed, where: [{ property: total, at least: 200 }, { channel: store }] }', false],
    ['{ did: order.completed, where: { any: [{ property: total, at least: 900 }, { channel: store }] } }', true],
    ['{ did: order.completed, at least: 4, where: { property: store, same as: trait.favouriteStore } }', true],
    ['{ did not: order.completed, where: { property: total, more than: 400 } }', true],
  ])('%s', (yaml, expected) => {
    expect(holds(yaml, facts)).toBe(expected)
  })

  it('counts the touchpoint that its where speaks of, not the one in view', () => {
    const inView = aTouchpoint({ properties: { total: 999 } })
    expect(holds('{ did: order.completed, where: { property: total, is: 999 } }', facts, inView)).toBe(false)
  })

  it('asks for no more of the timeline than its window', () => {
    const asked: (number | undefined)[] = []
    const watching = someFacts({ timeline: {} })
    const touchpoints = (_: string, sinceAt?: number): [] => {
      asked.push(sinceAt)
      return []
    }
    for (const window of ['', 'in the last: 2 days', 'since: 2026-11-20', 'since: 2026-11-01, in the last: 2 days'])
      holds(`{ did: order.completed, ${window} }`, { ...watching, touchpoints })
    expect(asked).toEqual([undefined, NOON - 2 * DAY + 1, Date.parse('2026-11-20'), NOON - 2 * DAY + 1])
  })
})

describe('message', () => {
  const reached = (...states: MessageState[]): Facts =>
    someFacts({ messages: (name) => (name === 'hello' ? states.map((state) => ({ state, at: NOON - DAY })) : []) })

  it.each<[was: MessageState, yes: MessageState[], no: MessageState[]]>([
    ['sent', ['sent', 'delivered', 'opened', 'clicked', 'answered'], []],
    ['delivered', ['delivered', 'opened', 'clicked', 'answered'], ['sent']],
    ['opened', ['opened', 'clicked', 'answered'], ['sent', 'delivered']],
    ['clicked', ['clicked'], ['sent', 'delivered', 'opened', 'answered']],
    ['answered', ['answered'], ['sent', 'delivered', 'opened', 'clicked']],
  ])('was %s is shown by that state or one that needs it', (was, yes, no) => {
    for (const state of yes) expect(holds(`{ message: hello, was: ${was} }`, reached(state))).toBe(true)
    for (const state of no) expect(holds(`{ message: hello, was: ${was} }`, reached(state))).toBe(false)
    expect(holds(`{ message: other, was: ${was} }`, reached('sent', 'opened'))).toBe(false)
  })

  it('is of this run unless a window is given', () => {
    const facts = someFacts({
      messages: (_, sinceAt) => (sinceAt === undefined ? [] : [{ state: 'opened', at: NOON - DAY }]),
    })
    expect(holds('{ message: hello, was: opened }', facts)).toBe(false)
    expect(holds('{ message: hello, was: opened, in the last: 2 days }', facts)).toBe(true)
    expect(holds('{ message: hello, was: opened, in the last: 1 day }', facts)).toBe(false)
  })
})

describe('in segment, consent, reachable', () => {
  const facts = someFacts({
    inSegment: (segment) => segment === 'loyal',
    consent: (purpose, channel) => `${purpose}/${channel}` === 'offers/sms',
    reachable: (channel) => channel === 'push',
  })

  it.each([
    ['in segment: loyal', true],
    ['in segment: lapsed', false],
    ['not in segment: loyal', false],
    ['not in segment: lapsed', true],
    ['{ consent: offers, by: sms }', true],
    ['{ consent: offers, by: email }', false],
    ['{ consent: sms, by: offers }', false],
    ['reachable: push', true],
    ['reachable: sms', false],
  ])('%s', (yaml, expected) => {
    expect(holds(yaml, facts)).toBe(expected)
  })
})

describe('bucket', () => {
  const customers = Array.from({ length: 5_000 }, (_, index) => `cus_${index}`)
  const drawn = (yaml: string): string[] => {
    const condition = aCondition(yaml)
    return customers.filter((customer) => evaluate(condition, someFacts({ customer })))
  }

  it('holds for its share of customers', () => {
    expect(Math.abs(drawn('bucket: 10%').length - 500)).toBeLessThan(75)
    expect(drawn('bucket: 0%')).toEqual([])
    expect(drawn('bucket: 100%')).toEqual(customers)
  })

  it('holds for a customer of a smaller bucket in every larger one of the same name', () => {
    const larger = new Set(drawn('{ bucket: 20%, name: tasters }'))
    expect(drawn('{ bucket: 10%, name: tasters }').every((customer) => larger.has(customer))).toBe(true)
  })

  it('draws buckets of different names apart', () => {
    expect(drawn('{ bucket: 10%, name: tasters }')).not.toEqual(drawn('bucket: 10%'))
  })
})

describe('all, any, none', () => {
  const [yes, no] = ['{ trait: it, is: x }', '{ trait: it, is: y }']
  const facts = someFacts({ traits: { it: 'x' } })

  it.each([
    [`all: [${yes}, ${yes}]`, true],
    [`all: [${yes}, ${no}]`, false],
    [`any: [${no}, ${yes}]`, true],
    [`any: [${no}, ${no}]`, false],
    [`none: [${no}, ${no}]`, true],
    [`none: [${no}, ${yes}]`, false],
    [`[${yes}, ${yes}]`, true],
    [`[${yes}, ${no}]`, false],
    [`all: [{ any: [${no}, { none: [${no}] }] }, [${yes}, { all: [${yes}] }]]`, true],
  ])('%s', (yaml, expected) => {
    expect(holds(yaml, facts)).toBe(expected)
  })

  it('asks nothing more once the answer is clear', () => {
    const facts = someFacts({
      inSegment: () => {
        throw new Error('asked')
      },
    })
    expect(holds(`any: [{ trait: x, exists: false }, { in segment: loyal }]`, facts)).toBe(true)
    expect(holds(`all: [{ trait: x, exists: true }, { in segment: loyal }]`, facts)).toBe(false)
    expect(holds(`none: [{ trait: x, exists: false }, { in segment: loyal }]`, facts)).toBe(false)
  })
})

describe('evaluate', () => {
  const leaf = fc
    .constantFrom(
      '{ trait: plan, is: pro }',
      '{ trait: plan, is not: pro }',
      '{ trait: points, at least: 50 }',
      '{ trait: joinedOn, in the last: 30 days }',
      '{ did: order.completed, at least: 2 times }',
      '{ did not: order.completed, where: { property: total, at least: 50 } }',
      '{ in segment: loyal }',
      '{ bucket: 50% }',
    )
    .map(aCondition)
  const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.record({
        kind: fc.constantFrom('all', 'any', 'none'),
        of: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
      }),
    ),
  }))
  const facts = fc
    .record({
      customer: fc.string(),
      traits: fc.dictionary(fc.constantFrom('plan', 'points', 'joinedOn'), fc.jsonValue()),
      totals: fc.array(fc.integer({ max: 100 }), { maxLength: 4 }),
      loyal: fc.boolean(),
    })
    .map(({ customer, traits, totals, loyal }) =>
      someFacts({
        customer,
        traits,
        timeline: { 'order.completed': totals.map((total) => aTouchpoint({ properties: { total } })) },
        inSegment: () => loyal,
      }),
    )
  const group = (kind: 'all' | 'any' | 'none', of: readonly Condition[]): Condition => ({ kind, of })
  const not = (one: Condition): Condition => group('none', [one])
  const some = fc.array(condition, { minLength: 1, maxLength: 4 })

  it('holds for none exactly when not for any', () => {
    fc.assert(
      fc.property(some, facts, (of, known) => {
        expect(evaluate(group('none', of), known)).toBe(!evaluate(group('any', of), known))
      }),
    )
  })

  it('follows De Morgan', () => {
    fc.assert(
      fc.property(some, facts, (of, known) => {
        expect(evaluate(not(group('all', of)), known)).toBe(evaluate(group('any', of.map(not)), known))
        expect(evaluate(not(group('any', of)), known)).toBe(evaluate(group('all', of.map(not)), known))
      }),
    )
  })

  it('gives the same answer for a condition that was stored and read again', () => {
    fc.assert(
      fc.property(condition, facts, (one, known) => {
        expect(evaluate(JSON.parse(JSON.stringify(one)), known)).toBe(evaluate(one, known))
      }),
    )
  })

  it('is not swayed by the order of the timeline', () => {
    fc.assert(
      fc.property(condition, facts, (one, known) => {
        const touchpoints: Facts['touchpoints'] = (type) => known.touchpoints(type).toReversed()
        expect(evaluate(one, { ...known, touchpoints })).toBe(evaluate(one, known))
      }),
    )
  })
})
