import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseTable } from '#shared/journeys/folder/parse-table.ts'
import { HOUR, MINUTE } from '#shared/time/duration.ts'
import { parseTouchpoint } from '#shared/touchpoints/parse.ts'
import { isLive, type Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import { makeDay } from './day.ts'

const midnight = Date.parse('2026-11-20T23:00:00Z')
const day = makeDay({ seed: '1', customers: 400, midnight })

const parsed = day.arrivals.flatMap((arrival) =>
  'event' in arrival
    ? [
        {
          arrival,
          result: parseTouchpoint(arrival.event, { receivedAt: arrival.at, fallbackId: () => '', source: 'test' }),
        },
      ]
    : [],
)
const touchpoints: readonly Touchpoint[] = parsed.flatMap(({ result }) => (result.ok ? [result.touchpoint] : []))

describe('makeDay', () => {
  it('makes the same day of the same seed, and another of another', () => {
    expect(makeDay({ seed: '1', customers: 400, midnight })).toEqual(day)
    expect(makeDay({ seed: '2', customers: 400, midnight })).not.toEqual(day)
  })

  it('moves with the date and changes nothing else', () => {
    const later = makeDay({ seed: '1', customers: 400, midnight: midnight + 24 * HOUR })
    expect(later.arrivals.map(({ at }) => Math.round(at - 24 * HOUR))).toEqual(
      day.arrivals.map(({ at }) => Math.round(at)),
    )
  })

  it('has thousands of touchpoints of hundreds of customers over the channels of a coffee chain', () => {
    expect(day.people).toHaveLength(400)
    expect(touchpoints.length).toBeGreaterThan(3_000)
    expect(new Set(touchpoints.map(({ channel }) => channel))).toEqual(new Set(['web', 'app', 'store']))
  })

  it.each([
    ...[
      'page.viewed',
      'product.viewed',
      'order.started',
      'order.placed',
      'order.ready',
      'order.collected',
      'order.completed',
    ],
    ...['points.earned', 'points.spent', 'customer.signed-up', 'customer.identified'],
    ...['complaint.made', 'consent.given', 'consent.withdrawn'],
  ])('has %s', (type) => {
    expect(touchpoints.filter((touchpoint) => touchpoint.type === type).length).toBeGreaterThan(1)
  })

  it('is busiest at eight and at half past twelve', () => {
    const perHour = Map.groupBy(touchpoints, ({ occurredAt }) => Math.floor((occurredAt - midnight) / HOUR))
    const size = (hour: number) => perHour.get(hour)?.length ?? 0
    expect(Math.min(size(8), size(12))).toBeGreaterThan(2 * Math.max(size(10), size(14), size(18)))
  })

  it('lies between half past six and eight, but for what follows from the last orders', () => {
    const live = touchpoints.filter((touchpoint) => isLive(touchpoint))
    expect(Math.min(...live.map(({ occurredAt }) => occurredAt))).toBeGreaterThan(midnight + 6.2 * HOUR)
    const after = live.filter(({ occurredAt }) => occurredAt > midnight + 20 * HOUR)
    expect(after.length).toBeLessThan(live.length / 100)
  })

  it('brings some events late, some out of order, some twice and some from the day before', () => {
    const ids = touchpoints.map(({ id }) => id)
    expect(
      touchpoints.filter(({ recordedAt, occurredAt }) => recordedAt - occurredAt > 9 * MINUTE).length,
    ).toBeGreaterThan(20)
    expect(
      touchpoints.filter(({ occurredAt }, at) => occurredAt < (touchpoints[at - 1]?.occurredAt ?? 0)).length,
    ).toBeGreaterThan(20)
    expect(ids.length - new Set(ids).size).toBeGreaterThan(20)
    expect(touchpoints.filter((touchpoint) => !isLive(touchpoint)).length).toBeGreaterThan(1)
  })

  it('has a handful of events that nobody can read, and no others', () => {
    expect(parsed.flatMap(({ arrival, result }) => (result.ok ? [] : [String(arrival.event.id)])).sort()).toEqual(
      Array.from({ length: 9 }, (_, index) => `malformed-${index + 1}`),
    )
  })

  it('lets some be lapsed by the morning, who do not come by themselves', () => {
    const lapsed = day.people.filter(({ isLapsed }) => isLapsed)
    const bought = day.known.filter(({ type }) => type === 'order.completed')
    expect(bought).toHaveLength(lapsed.length)
    for (const { occurredAt } of bought) {
      const lapsesAt = (Date.parse(String(occurredAt)) + 60 * 24 * HOUR - midnight) / HOUR
      expect([lapsesAt > 6, lapsesAt < 9]).toEqual([true, true])
    }
    const names = new Set(lapsed.map(({ userId }) => userId))
    expect(touchpoints.filter(({ identifiers: { userId = '' } }) => names.has(userId))).toEqual([])
  })

  it('lets browsers turn into customers', () => {
    const anonymous = new Set(
      touchpoints
        .filter(({ identifiers }) => identifiers.userId === undefined)
        .flatMap(({ identifiers }) => identifiers.anonymousId ?? []),
    )
    const known = touchpoints.filter(
      ({ identifiers: { userId, anonymousId = '' } }) => userId !== undefined && anonymous.has(anonymousId),
    )
    expect(new Set(known.map(({ identifiers }) => identifiers.userId)).size).toBeGreaterThan(20)
  })

  it('goes to the stores of stores.csv', () => {
    const stores = parseTable(readFileSync(new URL('../stores.csv', import.meta.url), 'utf8'))
    const names = new Map(stores.map(({ store, name }) => [store, name]))
    for (const { store } of day.people) expect(names.get(store.id)).toBe(store.name)
  })
})
