import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStage, START } from '#test/builders/a-system.ts'

/*
 * Nobody promises that events come in the order in which they happened. What she is and where she stands must be the
 * same whatever the order, and however they are cut into batches.
 */

const JOURNEY = `
journey: reminder
purpose: offers
enter: { when: order.started, key: order_id }
exit: [{ when: order.completed, where: { property: order_id, same as: entry.order_id } }]
steps: [{ wait: 1 day }]
`

/** Orders of hers, each begun once and perhaps completed, and things learned about her, each at a minute of its own. */
const someEvents = fc
  .tuple(
    fc.array(fc.record({ isCompleted: fc.boolean() }), { maxLength: 4 }),
    fc.array(
      fc.record({
        traits: fc.dictionary(fc.constantFrom('plan', 'city'), fc.constantFrom('a', 'b', 'c'), { minKeys: 1 }),
        consent: fc.option(fc.record({ offers: fc.record({ sms: fc.boolean() }) }), { nil: undefined }),
      }),
      { maxLength: 4 },
    ),
  )
  .map(([orders, lessons]) => [
    ...orders.flatMap(({ isCompleted }, n) => [
      { type: 'order.started', properties: { order_id: `o${n}` } },
      ...(isCompleted ? [{ type: 'order.completed', properties: { order_id: `o${n}` } }] : []),
    ]),
    ...lessons.map(({ traits, consent }) => ({ type: 'customer.updated', traits, ...(consent && { consent }) })),
  ])
  .chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray(
        events.map((_, n) => n),
        { minLength: events.length },
      ),
    ),
  )
  .map(([events, minutes]) =>
    events.map((event, n) => ({
      ...event,
      id: `event-${n}`,
      identifiers: { userId: 'ada' },
      occurredAt: new Date(START - ((minutes[n] ?? 0) + 1) * 60_000).toISOString(),
    })),
  )

type Events = readonly { readonly occurredAt: string }[]

async function outcome(batches: readonly Events[]) {
  const { receive, customer, system } = await aStage({ journeys: { reminder: JOURNEY } })
  for (const batch of batches) if (batch.length > 0) await receive(...batch)
  const profile = (await customer({ kind: 'userId', value: 'ada' }))?.profile
  await system.stop()
  const running = profile?.running.map(({ since }) => since).toSorted()
  return { ...profile, running, version: 0 }
}

const cut = <T>(list: readonly T[], size: number): T[][] =>
  list.flatMap((_, at) => (at % size === 0 ? [list.slice(at, at + size)] : []))

describe('events of one customer, in whatever order', () => {
  it('leave the same profile, and her in the same runs', async () => {
    const shuffled = someEvents
      .filter((events) => events.length > 0)
      .chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })))
    await fc.assert(
      fc.asyncProperty(shuffled, fc.integer({ min: 1, max: 5 }), async ([events, arrival], size) => {
        const inOrder = events.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1))
        expect(await outcome(cut(arrival, size))).toEqual(await outcome([inOrder]))
      }),
      { numRuns: 40 },
    )
  })
})
