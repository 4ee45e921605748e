import { describe, expect, it } from 'vitest'
import { aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * A journey can say that something has happened, and let her into another journey. Both are touchpoints like any other:
 * they stand in her thread, they happen once, and they do not go round for ever.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const completed = {
  type: 'order.completed',
  identifiers,
  traits: { firstName: 'Ada' },
  properties: { order_id: 'o1', total: 9.5, items: [{ sku: 'latte' }] },
}

const journeyOf = (name: string, enter: string, steps: string): string =>
  `journey: ${name}\npurpose: offers\nenter: ${enter}\nsteps: ${steps}\n`

const onOrder = (steps: string): string => journeyOf('tried', '{ when: order.completed }', steps)

const threadOf = async ({ customer }: Stage) => (await customer(ADA))?.thread ?? []

describe('emit', () => {
  it('records a touchpoint with what its texts give: one variable alone keeps its type', async () => {
    const properties =
      '{ order: "{{ entry.order_id }}", total: "{{ entry.total }}", skus: "{{ entry.items }}", note: "for {{ customer.first_name }} ({{ entry.total | times: 2 }})", none: "{{ entry.coupon }}" }'
    const made = await aStage({
      journeys: { tried: onOrder(`[{ emit: order.praised, properties: ${properties} }]`) },
    })
    await made.receive(completed)
    expect(
      (await threadOf(made)).find((one) => one.kind === 'touchpoint' && one.type === 'order.praised'),
    ).toMatchObject({
      channel: 'journey',
      properties: { order: 'o1', total: 9.5, skus: [{ sku: 'latte' }], note: 'for Ada (19)' },
    })
  })

  it('wakes and starts what a touchpoint of that type does', async () => {
    const made = await aStage({
      journeys: {
        tried: onOrder('[{ emit: order.praised, properties: { by: us } }]'),
        other: journeyOf('other', '{ when: order.praised }', '[{ exit: "praised" }]'),
      },
    })
    await made.receive(completed)
    expect((await threadOf(made)).map(({ text }) => text)).toContain('left other: praised')
  })

  it('emits again in each round of a repeat', async () => {
    const made = await aStage({
      journeys: { tried: onOrder('[{ repeat: [{ emit: order.praised }], up to: 3 times }]') },
    })
    await made.receive(completed)
    const emitted = (await threadOf(made)).filter(({ text }) => text === 'order.praised on journey')
    expect(emitted).toHaveLength(3)
  })
})

describe('start', () => {
  it('lets her into another journey, which finds what it was given as its entry', async () => {
    const made = await aStage({
      journeys: {
        tried: onOrder('[{ start: other, properties: { order: "{{ entry.order_id }}" } }]'),
        other: journeyOf('other', '{ api: yes }', '[{ update: { set: { lastOrder: "{{ entry.order }}" } } }]'),
      },
    })
    await made.receive(completed)
    expect((await made.customer(ADA))?.profile.traits).toMatchObject({ lastOrder: 'o1' })
    expect((await threadOf(made)).map(({ text }) => text)).toContain('entered other, version 1')
  })

  it('goes round ten times at the most', async () => {
    const made = await aStage({
      journeys: {
        tried: onOrder('[{ start: ping }]'),
        ping: journeyOf('ping', '{ api: yes }', '[{ update: { add: { turns: 1 } } }, { start: pong }]'),
        pong: journeyOf('pong', '{ api: yes }', '[{ wait: 1 second }, { start: ping }]'),
      },
    })
    await made.receive(completed)
    await made.advance('1 hour')
    expect(Number((await made.customer(ADA))?.profile.traits.turns)).toBeLessThanOrEqual(5)
  })
})
