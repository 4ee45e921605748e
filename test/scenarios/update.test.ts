import { describe, expect, it } from 'vitest'
import { Unavailable } from '#shared/errors/errors.ts'
import type { World } from '#shared/world/world.ts'
import { aStage } from '#test/builders/a-system.ts'

/*
 * A journey may change what we know of her. What it does is a touchpoint like any other: it stands in her thread, it
 * happens once however often the step is tried, and it may start another journey, but not for ever.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const completed = { type: 'order.completed', identifiers, traits: { points: 5, tier: 'new', note: 'x' } }

const journeyOf = (name: string, when: string, steps: string): string =>
  `journey: ${name}\npurpose: offers\nenter: { when: ${when} }\nsteps: ${steps}\n`

describe('update', () => {
  it('sets, adds to and empties traits', async () => {
    const update = '{ set: { tier: gold }, add: { points: "10", visits: "1" }, remove: [note] }'
    const { receive, customer } = await aStage({
      journeys: { points: journeyOf('points', 'order.completed', `[{ update: ${update} }]`) },
    })
    await receive(completed)
    const ada = await customer(ADA)
    expect(ada?.profile.traits).toEqual({ points: 15, tier: 'gold', visits: 1, note: null })
    expect(ada?.thread.map(({ text }) => text)).toContain('customer.updated on journey')
  })

  it('keeps tags in a list, for conditions that ask what it contains', async () => {
    const update = '{ add: { tags: [vip, regular] }, remove: { tags: new } }'
    const asks = '{ if: { trait: tags, contains: vip }, then: [{ exit: a vip }] }'
    const { receive, customer } = await aStage({
      journeys: { tags: journeyOf('tags', 'order.completed', `[{ update: ${update} }, ${asks}]`) },
    })
    await receive({ ...completed, traits: { tags: ['new', 'regular'] } })
    const ada = await customer(ADA)
    expect(ada?.profile.traits.tags).toEqual(['regular', 'vip'])
    expect(ada?.thread.map(({ text }) => text)).toContain('left tags: a vip')
  })

  it('takes values from her, from what let her in, and from tables of the brand', async () => {
    const update =
      '{ set: { last: "{{ entry.order_id }} of {{ customer.tier }}", items: "{{ entry.items }}" }, add: { points: "{{ entry.total | times: 2 }}", shops: ["{{ entry.shop }}"] } }'
    const { receive, customer } = await aStage({
      journeys: { points: journeyOf('points', 'order.completed', `[{ update: ${update} }]`) },
    })
    await receive({
      ...completed,
      properties: { order_id: 'o1', total: 4.5, items: [{ sku: 'latte' }], shop: 'torvet' },
    })
    expect((await customer(ADA))?.profile.traits).toMatchObject({
      last: 'o1 of new',
      items: [{ sku: 'latte' }],
      points: 14,
      shops: ['torvet'],
    })
  })

  it('fails where what is to be added is no number for her', async () => {
    const { receive, customer } = await aStage({
      journeys: {
        points: journeyOf('points', 'order.completed', '[{ update: { add: { points: "{{ entry.total }}" } } }]'),
      },
    })
    await receive(completed)
    const ada = await customer(ADA)
    expect(ada?.profile.traits.points).toBe(5)
    expect(ada?.thread.map(({ text }) => text)).toContain('left points: failed (update-points: InvalidInput)')
  })

  it('is seen by the step that follows it', async () => {
    const steps =
      '[{ update: { add: { points: "10" } } }, { if: { trait: points, at least: 15 }, then: [{ exit: enough }] }]'
    const { receive, customer } = await aStage({ journeys: { points: journeyOf('points', 'order.completed', steps) } })
    await receive(completed)
    expect((await customer(ADA))?.thread.map(({ text }) => text)).toContain('left points: enough')
  })

  it('adds up when several journeys add at the same time', async () => {
    const steps = '[{ update: { add: { points: "10" } } }, { update: { add: { points: "-3" } } }]'
    const names = ['one', 'two', 'three', 'four']
    const { receive, customer } = await aStage({
      journeys: Object.fromEntries(names.map((name) => [name, journeyOf(name, 'order.completed', steps)])),
    })
    await receive(completed)
    expect((await customer(ADA))?.profile.traits.points).toBe(5 + 4 * 7)
  })

  it('is done once, though the step is tried again because nobody heard that it was done', async () => {
    let lost = 2
    const wrapWorld = (world: World): World => {
      const table: World['table'] = Object.create(world.table) as World['table']
      table.write = async (operations) => {
        const result = await world.table.write(operations)
        const isUpdate = operations.some((write) => 'put' in write && write.put.type === 'customer.updated')
        if (isUpdate && lost-- > 0) throw new Unavailable('test.lost', 'The answer was lost.')
        return result
      }
      for (const name of ['get', 'getMany', 'query', 'queryIndex', 'scan'] as const)
        table[name] = world.table[name].bind(world.table) as never
      return { ...world, table }
    }
    const steps = '[{ update: { add: { points: "10" } } }]'
    const { receive, advance, customer } = await aStage({
      journeys: { points: journeyOf('points', 'order.completed', steps) },
      wrapWorld,
    })
    await receive(completed)
    await advance('1 hour')
    expect(lost).toBeLessThan(2)
    expect((await customer(ADA))?.profile).toMatchObject({ traits: { points: 15 }, running: [] })
  })

  it('is done again when the journey starts over', async () => {
    const journey = journeyOf(
      'points',
      'order.completed',
      '[{ update: { add: { points: "10" } } }, { wait: 1 hour }]',
    ).replace('{ when: order.completed }', '{ when: order.completed, key: order_id, same key: restart }')
    const { receive, customer } = await aStage({ journeys: { points: journey } })
    const { traits: _, ...order } = completed
    await receive({ ...order, properties: { order_id: 'o1' } })
    await receive({ ...order, properties: { order_id: 'o1' } })
    expect((await customer(ADA))?.profile.traits).toEqual({ points: 20 })
  })
})

describe('journeys that start each other', () => {
  it('stop at a depth of ten, and her thread says why', async () => {
    const after = (other: string): string => `{ when: customer.updated, where: { property: journey, is: ${other} } }`
    const returns = (name: string, other: string): string =>
      `journey: ${name}\npurpose: offers\nenter: ${after(other)}\nsteps: [{ wait: 1 minute }, { update: { add: { turns: "1" } } }]\n`
    const { receive, advance, customer } = await aStage({
      journeys: { ping: returns('ping', 'pong'), pong: returns('pong', 'ping') },
    })
    await receive({ type: 'customer.updated', identifiers, properties: { journey: 'ping' } })
    await advance('1 hour')
    const ada = await customer(ADA)
    expect(ada?.profile.traits.turns).toBe(10)
    expect(ada?.thread.filter(({ text }) => text.includes('not entered: depth'))).toHaveLength(1)
  })
})
