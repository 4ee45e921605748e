import { describe, expect, it } from 'vitest'
import { Unavailable } from '#shared/errors/errors.ts'
import { sweepDue } from '#shared/recording/due/sweep-due.ts'
import { recordTouchpoints } from '#shared/recording/record-touchpoints.ts'
import { parseTouchpoint } from '#shared/touchpoints/parse.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import { aStage, START } from '#test/builders/a-system.ts'
import { FakeProvider, NOTHING } from './fake-provider.ts'
import { type Watcher, watchedWorld } from './watched-world.ts'

/*
 * What is committed and not done yet, when two are at it at the same time and one of them dies.
 */

const RESTARTED = `
journey: reminder
purpose: service
enter: { when: order.started, key: order_id, same key: restart }
steps:
  - wait: 1 hour
  - { send: reminder, by: email }
`

function touchpoint(event: object): Touchpoint {
  const parsed = parseTouchpoint(event, { receivedAt: START, fallbackId: () => 'none', source: 'test' })
  if (!parsed.ok) throw new Error(parsed.reason)
  return parsed.touchpoint
}

const started = (id: string) =>
  touchpoint({ id, type: 'order.started', identifiers: { email: 'ada@example.org' }, properties: { order_id: 'o1' } })

describe('a run that is started over while its machine is being started', () => {
  it('is started too, though its recorder died before', async () => {
    let starts = 0
    const gate = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const watcher: Watcher = async (call, effect) => {
      if (!call.startsWith('machines.start')) return effect()
      starts += 1
      if (starts === 2) throw new Unavailable('test.died', 'The second recorder dies here.')
      if (starts === 1) {
        reached.resolve()
        await gate.promise
      }
      return effect()
    }
    const { system, advance, arrived } = await aStage({
      journeys: { reminder: RESTARTED },
      messages: ['reminder'],
      wrapWorld: (world) => watchedWorld(world, watcher),
    })
    const first = recordTouchpoints(system.world, [started('first')])
    await reached.promise
    await expect(recordTouchpoints(system.world, [started('second')])).rejects.toMatchObject({ name: 'Unavailable' })
    gate.resolve()
    await first
    await advance('1 day')
    expect(arrived()).toEqual(['email reminder for you'])
  })
})

const RECEIPT = `
journey: receipt
purpose: service
enter: { when: order.started }
steps: [{ send: receipt, by: email }]
`

describe('a touchpoint that comes again', () => {
  it('has done at once what its first recorder left', async () => {
    let starts = 0
    const watcher: Watcher = async (call, effect) => {
      if (!call.startsWith('machines.start') || starts++ > 0) return effect()
      throw new Unavailable('test.died', 'The first recorder dies here.')
    }
    const { system } = await aStage({
      journeys: { reminder: RESTARTED },
      messages: ['reminder'],
      wrapWorld: (world) => watchedWorld(world, watcher),
    })
    await expect(recordTouchpoints(system.world, [started('first')])).rejects.toMatchObject({ name: 'Unavailable' })
    expect(system.machines.counts()).toMatchObject({ running: 0 })
    expect(await recordTouchpoints(system.world, [started('first')])).toMatchObject([{ outcome: 'duplicate' }])
    expect(system.machines.counts()).toMatchObject({ running: 1 })
  })
})

/** A service message of which nobody knows whether the provider took it. */
async function anUncertainReceipt(watcher: Watcher = (_, effect) => effect()) {
  const provider = new FakeProvider(
    { idempotency: 'none', answers: (call) => (call === 1 ? 'no answer' : undefined) },
    NOTHING,
  )
  const stage = await aStage({
    journeys: { receipt: RECEIPT },
    messages: ['receipt'],
    providers: { email: provider },
    wrapWorld: (world) => watchedWorld(world, watcher),
  })
  await recordTouchpoints(stage.system.world, [started('first')])
  await stage.advance('1 minute')
  expect(provider.outside.taken).toHaveLength(1)
  return { ...stage, provider }
}

describe('a dispatch whose lease has run out', () => {
  it('is attended to by one of those who sweep at the same time', async () => {
    const { system, provider } = await anUncertainReceipt()
    const later = { ...system.world, clock: { now: () => START + 5 * 60_000 } }
    await Promise.all([sweepDue(later, 0), sweepDue(later, 0), sweepDue(later, 0)])
    expect(provider.outside.taken).toHaveLength(2)
  })

  it('is left alone while the index only remembers that it was due', async () => {
    const isStale = { now: false }
    const stale: Watcher = async (call, effect) => {
      if (!isStale.now || !call.startsWith('table.queryIndex')) return effect()
      const rows = await world().table.scan({ limit: 1_000 })
      return { items: rows.items.filter(({ sk }) => sk.startsWith('D#')) }
    }
    const { system, provider } = await anUncertainReceipt(stale)
    const world = () => system.world
    isStale.now = true
    await sweepDue(system.world, 0)
    expect(provider.outside.taken).toHaveLength(1)
  })
})

describe('a wait whose time ran out', () => {
  it('leaves no row behind, and does not stand in the way of what comes much later', async () => {
    const { system, receive, advance, arrived, customer } = await aStage({
      journeys: {
        waiting: `
journey: waiting
purpose: service
enter: { when: order.started }
exit: [{ when: order.completed }]
steps:
  - await: product.viewed
    within: 1 day
    else: [{ wait: 30 days }, { send: reminder, by: email }]
`,
      },
      messages: ['reminder'],
    })
    const identifiers = { email: 'ada@example.org' }
    await receive({ id: 'started', type: 'order.started', identifiers })
    await advance('20 days')
    await receive({ id: 'completed', type: 'order.completed', identifiers })
    await advance('20 days')
    expect(arrived()).toEqual([])
    const { items } = await system.world.table.scan({ limit: 1_000 })
    expect(items.filter(({ sk }) => sk.startsWith('W#'))).toEqual([])
    expect(await customer({ kind: 'email', value: 'ada@example.org' })).toMatchObject({ profile: { running: [] } })
  })
})
