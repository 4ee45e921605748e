import { describe, expect, it } from 'vitest'
import { Unavailable } from '#shared/errors/errors.ts'
import { addDeadLetters, listDeadLetters, pageOfDeadLetters, redrive } from '#shared/recording/doors/dead-letters.ts'
import type { World } from '#shared/world/world.ts'
import { aStage, START, type Stage } from '#test/builders/a-system.ts'

/*
 * Apps make mistakes. A bad event says what is wrong with it to whoever can mend it, is kept until then, and never
 * stands in the way of the good ones that came with it, whichever door they came by.
 */

const good = (user: string) => ({ id: `view-${user}`, type: 'page.viewed', identifiers: { userId: user } })
const bad = { id: 'bad-1', type: 'Order Completed', identifiers: { userId: 'ada' } }

const known = async ({ customer }: Stage, ...users: string[]): Promise<boolean[]> =>
  Promise.all(users.map(async (value) => (await customer({ kind: 'userId', value })) !== undefined))

/** As an app with the AWS SDK does it: past our door, with the event as it is. */
const put = async ({ system }: Stage, ...details: object[]): Promise<void> => {
  await system.world.bus.publish(
    details.map((detail) => ({ source: 'shop', detailType: 'anything', detail: detail as Record<string, unknown> })),
  )
  await system.clock.advance(0)
}

describe('a malformed event', () => {
  it('is refused at the door with the place and the remedy, and the rest of the batch goes on', async () => {
    const stage = await aStage()
    expect(await stage.receive(good('ada'), bad, good('bob'))).toEqual([
      { status: 'accepted', id: 'view-ada' },
      {
        status: 'rejected',
        id: 'bad-1',
        reason: 'type: A type is dotted, lower case, past tense, as in "order.completed".',
      },
      { status: 'accepted', id: 'view-bob' },
    ])
    expect(await known(stage, 'ada', 'bob')).toEqual([true, true])
  })

  it('that came over the bus is kept with the reason, and the rest of the batch goes on', async () => {
    const stage = await aStage()
    await put(stage, good('ada'), bad, good('bob'))
    expect(await known(stage, 'ada', 'bob')).toEqual([true, true])
    expect(await listDeadLetters(stage.system.world)).toMatchObject([
      { reason: expect.stringMatching(/^type: /), event: { source: 'shop', detail: bad } },
    ])
  })

  it('can be anything at all', async () => {
    const stage = await aStage()
    const answers = await stage.receive(...([null, 'text', 5, [], {}] as unknown as object[]))
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
    expect(await listDeadLetters(stage.system.world)).toHaveLength(5)
  })

  it('is refused for an id that is too long, and the rest of the batch goes on', async () => {
    const stage = await aStage()
    const [answer] = await stage.receive({ ...bad, id: 'x'.repeat(5_000) }, good('ada'))
    expect(answer).toMatchObject({ status: 'rejected' })
    expect(await known(stage, 'ada')).toEqual([true])
    expect(await listDeadLetters(stage.system.world)).toHaveLength(1)
  })

  it('is refused for a size that no row can hold, and the rest of the batch goes on', async () => {
    const stage = await aStage()
    await stage.receive({ ...good('bob'), properties: { text: 'x'.repeat(500_000) } }, good('ada'))
    await stage.advance('1 hour')
    expect(await known(stage, 'ada', 'bob')).toEqual([true, false])
    expect(await listDeadLetters(stage.system.world)).toMatchObject([
      { reason: expect.stringContaining('400 KB'), event: { beginning: expect.stringContaining('view-bob') } },
    ])
    expect(stage.system.queues.size()).toBe(0)
  })

  it('that speaks of a customer of ours whom there is not is kept, too', async () => {
    const stage = await aStage()
    await put(stage, { ...bad, type: 'page.viewed', identifiers: { customerId: 'cus_nobody' } }, good('ada'))
    expect(await known(stage, 'ada')).toEqual([true])
    expect(await listDeadLetters(stage.system.world)).toMatchObject([
      { reason: 'identifiers.customerId: There is no such customer.' },
    ])
  })
})

describe('a dead letter', () => {
  /** A store that does not answer while `down` says so. */
  const aStoreThatFails = () => {
    const state = { isDown: false }
    const wrapWorld = (world: World): World => {
      const write: World['table']['write'] = async (operations) => {
        const isLetter = operations.every((operation) => 'put' in operation && operation.put.pk === 'X')
        if (state.isDown && !isLetter) throw new Unavailable('test.down', 'The store is down.')
        return world.table.write(operations)
      }
      const { get, getMany, query, queryIndex, scan } = world.table
      const reads = { get, getMany, query, queryIndex, scan }
      const bound = Object.fromEntries(Object.entries(reads).map(([name, read]) => [name, read.bind(world.table)]))
      return { ...world, table: { ...(bound as typeof reads), write } }
    }
    return { state, wrapWorld }
  }

  it('is what an event becomes that could not be recorded for long; redriven, it is recorded', async () => {
    const { state, wrapWorld } = aStoreThatFails()
    const stage = await aStage({ wrapWorld })
    const { world } = stage.system
    state.isDown = true
    await stage.receive(good('ada'))
    await stage.advance('1 hour')
    const [letter] = await listDeadLetters(world)
    expect(letter?.reason).toBe('The store is down.')
    state.isDown = false
    await redrive(world, letter?.id ?? '')
    await stage.system.clock.advance(0)
    expect(await known(stage, 'ada')).toEqual([true])
    expect(await listDeadLetters(world)).toEqual([])
  })

  it('comes back when it is redriven as wrong as it was', async () => {
    const stage = await aStage()
    await put(stage, bad)
    const [letter] = await listDeadLetters(stage.system.world)
    await redrive(stage.system.world, letter?.id ?? '')
    await stage.system.clock.advance(0)
    const [again, ...more] = await listDeadLetters(stage.system.world)
    expect(again).toMatchObject({ reason: letter?.reason, event: { detail: bad } })
    expect(more).toEqual([])
  })

  it('that was recorded meanwhile changes nothing when it is redriven', async () => {
    const stage = await aStage()
    const { world } = stage.system
    const event = { id: 'env-1', source: 'shop', 'detail-type': 'page.viewed', detail: good('ada') }
    await stage.receive(good('ada'))
    await world.table.write([{ put: { pk: 'X', sk: '2026-03-10T10:00:00.000Z#letter-1', reason: 'test', event } }])
    await redrive(world, 'letter-1')
    await stage.system.clock.advance(0)
    expect((await stage.customer({ kind: 'userId', value: 'ada' }))?.thread).toHaveLength(1)
  })

  it('stays where it is when nobody knows it by that id', async () => {
    const { system } = await aStage()
    await expect(redrive(system.world, 'nothing')).rejects.toMatchObject({ code: 'dead-letter.unknown' })
  })

  it('stays where it is when the bus does not take it', async () => {
    const stage = await aStage()
    await put(stage, bad)
    const { table } = stage.system.world
    const [letter] = await listDeadLetters({ table })
    const bus: World['bus'] = {
      publish: async (events) => events.map(() => ({ accepted: false, reason: 'Throttled.' })),
    }
    await expect(redrive({ table, bus }, letter?.id ?? '')).rejects.toMatchObject({ name: 'Unavailable' })
    expect(await listDeadLetters({ table })).toHaveLength(1)
  })
})

describe('PutEvents', () => {
  it('brings events as the HTTP door does; one that gives no id has that of its envelope', async () => {
    const stage = await aStage()
    const { id: _, ...nameless } = good('ada')
    await put(stage, nameless, good('bob'))
    const ada = await stage.customer({ kind: 'userId', value: 'ada' })
    expect(ada?.thread).toMatchObject([{ type: 'page.viewed', id: expect.stringMatching(/.+/) }])
    expect(await known(stage, 'bob')).toEqual([true])
  })
})

describe('many dead letters', () => {
  it('are listed a hundred at a time, the newest first, and none is out of reach', async () => {
    const { system } = await aStage()
    const letters = Array.from({ length: 250 }, (_, index) => ({
      id: `l${index}`,
      receivedAt: START + index,
      reason: 'wrong',
      event: {},
    }))
    await addDeadLetters(system.world, letters)
    const first = await pageOfDeadLetters(system.world)
    const second = await pageOfDeadLetters(system.world, first.cursor)
    const third = await pageOfDeadLetters(system.world, second.cursor)
    const all = [first, second, third].flatMap((page) => page.letters.map(({ id }) => id))
    expect(all).toEqual(letters.map(({ id }) => id).reverse())
    expect(third.cursor).toBeUndefined()
  })
})
