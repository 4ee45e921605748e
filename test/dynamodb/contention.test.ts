import { describe, expect, it, onTestFinished } from 'vitest'
import { isNamed } from '#shared/errors/errors.ts'
import { receiveEvents } from '#shared/recording/doors/receive-events.ts'
import type { World } from '#shared/world/world.ts'
import { aBrandFile, aStage, START } from '#test/builders/a-system.ts'
import { endState } from '#test/crash/end-state.ts'
import { FakeProvider, NOTHING } from '#test/crash/fake-provider.ts'
import { aDynamoDbWorld } from './a-dynamodb-world.ts'

/*
 * Functions on AWS share nothing but the table. Here each has a client of its own, and 32 of them write about the same
 * customer at once: nothing may be lost or done twice, and caps hold.
 *
 * DynamoDB Local takes transactions one after another, so a write that comes too late fails its condition. The service
 * also cancels transactions that meet (TransactionConflict), which functions/aws/table.test.ts plays.
 */

const WRITERS = Array.from({ length: 32 }, (_, n) => n)

/** After so many tries an event goes to the dead letters. */
const MOST_RECEIPTS = 5

const ADA = { userId: 'ada', email: 'ada@example.org', phone: '+4520123456' }
const at = (minute: number): string => new Date(START + minute * 60_000).toISOString()

const signedUp = {
  id: 'signed-up',
  type: 'customer.signed-up',
  occurredAt: at(-60),
  identifiers: ADA,
  consent: { offers: { email: true } },
}
const order = (id: string) => ({
  id: `started-${id}`,
  type: 'order.started',
  occurredAt: at(0),
  identifiers: { userId: 'ada' },
  properties: { order_id: id },
})

const JOURNEY = `
journey: reminder
purpose: offers
enter: { when: order.started, key: order_id }
steps:
  - { update: { add: { orders: 1 } } }
  - wait: 1 hour
  - { send: reminder, by: email, deadline: 1 hour }
`
const BRAND = aBrandFile({ offers: '{ consent: required, channels: email, caps: [{ up to: 3, per: 1 day }] }' })

/** As the queue does: what failed comes again. */
async function receive(world: World, details: readonly object[], receipts = 1): Promise<void> {
  const messages = details.map((detail, n) => ({
    messageId: String(n),
    body: { id: String(n), source: 'a shop', detail },
    sentAt: world.clock.now(),
  }))
  try {
    expect(await receiveEvents(messages, world)).toEqual([])
  } catch (error) {
    if (receipts === MOST_RECEIPTS || !(isNamed(error, 'Conflict') || isNamed(error, 'Unavailable'))) throw error
    await receive(world, details, receipts + 1)
  }
}

async function aBusyStage() {
  const { wrapWorld, join, close } = await aDynamoDbWorld()
  onTestFinished(close)
  // A repetition would show: this one does not know it for what it is.
  const provider = new FakeProvider({ idempotency: 'none' }, NOTHING)
  const { system } = await aStage({
    journeys: { reminder: JOURNEY },
    messages: ['reminder'],
    forms: ['email'],
    brand: BRAND,
    providers: { email: provider },
    wrapWorld,
    // Lambda may be called twice for one task, and each call may be another process.
    aroundTask: async (_, world, run) => (await Promise.all([run(wrapWorld(world)), run(wrapWorld(world))]))[0],
  })
  onTestFinished(() => system.stop())
  join(system)
  return { system, provider, apart: () => wrapWorld(system.world), end: () => endState({ system, provider }) }
}

describe('32 writers on one customer', () => {
  it('record every event once, whoever else brings it, and one customer', async () => {
    const { system, apart, end } = await aBusyStage()
    const view = (n: number) => ({
      id: `view-${n}`,
      type: 'product.viewed',
      occurredAt: at(n - 40),
      identifiers: { userId: 'ada' },
      traits: { [`saw_${n}`]: true },
    })
    await Promise.all(WRITERS.map((n) => receive(apart(), [signedUp, view(n), view((n + 1) % 32), order('o1')])))
    await system.clock.advance(0)
    const { timeline, profiles, enrolments, deadLetters } = await end()
    const ids = WRITERS.map((n) => `view-${n}`)
    const ofTheRun = ''
    expect(timeline.map(({ id }) => id).toSorted()).toEqual([ofTheRun, 'signed-up', 'started-o1', ...ids].toSorted())
    const traits = Object.fromEntries(WRITERS.map((n) => [`saw_${n}`, true]))
    expect(profiles).toMatchObject([{ identifiers: { userId: ['ada'] }, traits: { ...traits, orders: 1 } }])
    expect(enrolments).toHaveLength(1)
    expect(deadLetters).toEqual([])
  })

  it('keep to the cap, and count every run once, though each task is done twice at the same time', async () => {
    const { system, provider, apart, end } = await aBusyStage()
    await receive(apart(), [signedUp])
    await Promise.all(WRITERS.map((n) => receive(apart(), [order(String(n))])))
    await system.clock.advance(2 * 3_600_000)
    const { profiles, dispatches, enrolments, overdue } = await end()
    expect(profiles).toMatchObject([{ traits: { orders: 32 }, runs: [] }])
    expect(enrolments.map(({ state, run }) => [state, run])).toEqual(WRITERS.map(() => ['ended', 1]))
    expect(provider.outside.taken).toHaveLength(3)
    expect(dispatches.filter(({ state }) => state === 'skipped')).toHaveLength(29)
    expect(overdue).toEqual([])
    expect(system.machines.counts()).toMatchObject({ running: 0, succeeded: 32, failed: 0 })
  })
})
