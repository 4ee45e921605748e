import { describe, expect, it } from 'vitest'
import { versionsOf } from '#shared/documents/published.ts'
import { customerPage, SEGMENT_SHARDS } from '#shared/profiles/customer-index.ts'
import { datePage } from '#shared/profiles/date-rows.ts'
import type { Item } from '#shared/world/table.ts'
import { aStage } from '#test/builders/a-system.ts'
import { indexCustomers } from '../../local/index-customers.ts'

/*
 * A new release starts on the data of the one before it. What was published goes on as it is; what earlier releases did
 * not write yet is made up for.
 */

const HELLO = `
journey: hello
purpose: offers
enter: { when: order.started }
steps: [{ send: hello }]
`
const FOLDER = { journeys: { hello: HELLO }, messages: ['hello'], forms: ['sms'] as const }

const ada = {
  type: 'customer.signed-up',
  identifiers: { userId: 'ada', phone: '+4520123456' },
  traits: { birthday: '1990-05-01' },
  consent: { offers: { sms: true } },
}
const started = { type: 'order.started', identifiers: { userId: 'ada' } }

type Stage = Awaited<ReturnType<typeof aStage>>

/** The journey's rows as releases wrote them in which a touchpoint was the only entry. */
async function asWrittenBefore({ system }: Stage): Promise<void> {
  const { table } = system.world
  const { items } = await table.query({ pk: 'J' })
  const before = (item: Item): Item => {
    const content = item.content as { document: { enter: { on: { type: string } } } }
    const { on, ...rules } = content.document.enter
    const enter = { ...rules, when: on.type }
    return { ...item, hash: 'before', content: { ...content, document: { ...content.document, enter } } }
  }
  for (const item of [...items, ...(await versionsOf(table, 'journey', 'hello'))])
    await table.write([{ put: before(item) }])
}

/** Takes the rows away by which customers are found. */
async function withoutIndex({ system }: Stage): Promise<void> {
  const { items } = await system.world.table.scan({ limit: 1_000 })
  for (const { pk, sk } of items.filter(({ sk }) => sk === 'C' || sk.startsWith('Y#')))
    await system.world.table.write([{ remove: { pk, sk } }])
}

async function found({ system }: Stage): Promise<number> {
  const shards = Array.from({ length: SEGMENT_SHARDS }, (_, shard) => shard)
  const { table } = system.world
  const all = await Promise.all(shards.map((shard) => customerPage(table, shard, undefined, 10)))
  const born = await Promise.all(
    shards.map((shard) => datePage(table, { trait: 'birthday', day: '05-01' }, shard, undefined, 10)),
  )
  return [...all, ...born].flatMap(({ customers }) => customers).length
}

describe('data of an earlier release', () => {
  it('lets customers into the journeys that were published then', async () => {
    const stage = await aStage(FOLDER)
    await asWrittenBefore(stage)
    await stage.advance('1 minute')
    await stage.receive(ada)
    await stage.receive(started)
    expect(stage.arrived()).toEqual(['sms hello'])
  })

  it('has its journeys compiled again when the folder is published again, as a version of its own', async () => {
    const stage = await aStage(FOLDER)
    await asWrittenBefore(stage)
    await stage.publish(FOLDER)
    const versions = await versionsOf(stage.system.world.table, 'journey', 'hello')
    expect(versions.map(({ version }) => version)).toEqual([1, 2])
    await stage.publish(FOLDER)
    expect(await versionsOf(stage.system.world.table, 'journey', 'hello')).toHaveLength(2)
  })

  it('has its customers found by broadcasts, segments and dates', async () => {
    const stage = await aStage(FOLDER)
    await stage.receive(ada)
    await withoutIndex(stage)
    expect(await found(stage)).toBe(0)
    await indexCustomers(stage.system.world.table)
    expect(await found(stage)).toBe(2)
  })
})
