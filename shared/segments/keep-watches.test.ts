import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinWatches, NO_MATCHES, type Watch, withMatch } from '#shared/profiles/watch.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import { anInstant, aProfile, aTouchpoint } from '#test/builders/a-touchpoint.ts'
import { aCondition } from '#test/builders/conditions.ts'
import { filledWatch, keepWatches } from './keep-watches.ts'
import { type WatchSpec, watchesOf } from './watch-spec.ts'

const specOf = (yaml: string): WatchSpec | undefined => watchesOf(aCondition(yaml))[0]
const THRICE = specOf('{ did: order.completed, at least: 3 times }') as WatchSpec
const live = new Map([[THRICE.key, THRICE]])
const order = (known: Partial<Touchpoint> = {}) => aTouchpoint({ type: 'order.completed', ...known })

describe('what can be watched', () => {
  it.each([
    ['did: a.b'],
    ['{ did: a.b, where: { any: [{ property: total, at least: 5 }, { channel: [web, app] }] } }'],
    ['{ did not: a.b, where: { property: a, same as: property.b } }'],
    ['{ did: a.b, at least: 50 times }'],
  ])('%s', (yaml) => {
    expect(specOf(yaml)?.type).toBe('a.b')
  })

  it.each([
    ['whose answer depends on her', '{ did: a.b, where: { property: store, same as: trait.store } }'],
    ['whose answer depends on the entry', '{ did: a.b, where: { property: id, same as: entry.id } }'],
    ['whose answer changes by the time', '{ did: a.b, where: { property: at, in the next: 2 days } }'],
    ['that counts far', '{ did: a.b, at least: 51 times }'],
  ])('is nothing %s', (_, yaml) => {
    expect(specOf(yaml)).toBeUndefined()
  })

  it('is one thing for all that count the same, whatever their windows and however they were stored', () => {
    const one = specOf('{ did: a.b, in the last: 1 day, where: { property: total, is: x } }')
    const other = specOf('{ did not: a.b, in the last: 2 days, where: { property: total, is: x } }')
    expect(one?.key).toBe(other?.key)
    expect(one?.key).not.toBe(specOf('{ did: a.b, where: { property: total, is: y } }')?.key)
    expect(one?.key).not.toBe(specOf('{ did: a.b, at least: 2, where: { property: total, is: x } }')?.key)
    expect(specOf('{ did: a.b, since: 2026-01-01 }')?.key).not.toBe(specOf('{ did: a.b, before: 2026-01-01 }')?.key)
  })
})

describe('keepWatches', () => {
  it('knows everything of a new customer', () => {
    expect(keepWatches(aProfile(), live, aTouchpoint())).toEqual({ [THRICE.key]: NO_MATCHES })
    expect(keepWatches(aProfile(), live, order())[THRICE.key]?.matches).toHaveLength(1)
  })

  it('leaves what it has not asked for of others to be filled', () => {
    expect(keepWatches(aProfile({ version: 4 }), live, order())).toEqual({})
  })

  it('drops what nobody asks for: it would miss what comes now', () => {
    const watches = { [THRICE.key]: NO_MATCHES, gone: NO_MATCHES }
    expect(Object.keys(keepWatches(aProfile({ version: 4, watches }), live, aTouchpoint()))).toEqual([THRICE.key])
    expect(keepWatches(aProfile({ version: 4, watches }), new Map(), order())).toEqual({})
  })
})

const someOrders = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 20 }), anInstant), { selector: ([id]) => id, maxLength: 8 })
  .map((list) => list.map(([id, occurredAt]) => order({ id: `order-${id}`, occurredAt })))

const watchOver = (touchpoints: readonly Touchpoint[]): Watch =>
  touchpoints.reduce<Watch>((watch, touchpoint) => withMatch(watch, touchpoint, 3), NO_MATCHES)

describe('a watch', () => {
  it('is the latest that count, free of order and of repeats', () => {
    const told = someOrders.chain((orders) =>
      fc.tuple(fc.constant(orders), fc.shuffledSubarray([...orders, ...orders], { minLength: orders.length * 2 })),
    )
    fc.assert(
      fc.property(told, ([orders, arrival]) => {
        const latest = orders.map(({ occurredAt }) => occurredAt).sort((a, b) => b - a)
        expect(watchOver(arrival).matches.map(([at]) => at)).toEqual(latest.slice(0, 3))
        expect(watchOver(arrival)).toEqual(watchOver(orders))
      }),
    )
  })

  it('joins with that of another record to what one record would have seen', () => {
    fc.assert(
      fc.property(someOrders, fc.nat(), (orders, cut) => {
        const at = orders.length === 0 ? 0 : cut % orders.length
        const joined = joinWatches(watchOver(orders.slice(0, at)), watchOver(orders.slice(at)))
        expect(joined.matches.slice(0, 3)).toEqual(watchOver(orders).matches)
      }),
    )
  })

  it('says from when on it knows her past, where that was too long to be read', () => {
    const past = [1, 2].map((n) => order({ id: `o${n}`, occurredAt: n }))
    expect(filledWatch(THRICE, past, undefined).sinceAt).toBeUndefined()
    expect(filledWatch(THRICE, past, 500).sinceAt).toBe(500)
    expect(filledWatch(THRICE, [...past, order({ id: 'o3' })], 500).sinceAt).toBeUndefined()
    const since = specOf('{ did: order.completed, at least: 3 times, since: 2026-01-01 }') as WatchSpec
    expect(filledWatch(since, past, 500).sinceAt).toBeUndefined()
  })
})
