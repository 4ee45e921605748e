import { describe, expect, it } from 'vitest'
import { readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { receiveEvents } from '#shared/recording/doors/receive-events.ts'
import { aBrandFile, START } from '#test/builders/a-system.ts'
import { endState } from './end-state.ts'
import { randomFrom } from './random.ts'
import { type Story, stage } from './story.ts'
import { type Watcher, watchedWorld } from './watched-world.ts'

/*
 * On AWS many functions work on one customer at the same time. Here several consumers take the same events, in any
 * order and more than once, while every call through a door takes a random time; nothing may be lost or done twice.
 */

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)

function shuffled<T>(list: readonly T[], random: () => number): readonly T[] {
  return list
    .map((value) => ({ value, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

interface Race extends Pick<Story, 'journeys' | 'messages' | 'brand'> {
  readonly events: readonly object[]
  /** How often each event comes. */
  readonly copies: number
}

/** Lets as many consumers as there are batches take shuffled copies of the events, all at once. */
async function race({ events, copies, ...folder }: Race, seed: number) {
  const random = randomFrom(seed)
  const slow: Watcher = async (_, effect) => {
    for (let turns = Math.floor(random() * 4); turns > 0; turns--) await turn()
    return effect()
  }
  const telling = await stage(
    { ...folder, name: '', moments: [], until: 0 },
    { wrapWorld: (world) => watchedWorld(world, slow) },
  )
  const { system } = telling
  const all = shuffled(Array.from({ length: copies }, () => events).flat(), random)
  const size = 1 + Math.floor(random() * 5)
  const batches = Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size))
  const consume = async (batch: readonly object[]): Promise<void> => {
    const messages = batch.map((detail, at) => ({
      messageId: String(at),
      body: { id: String(at), source: 'a shop', detail },
      sentAt: system.clock.now(),
    }))
    expect(await receiveEvents(messages, system.world)).toEqual([])
  }
  await Promise.all(batches.map(consume))
  await system.clock.advance(12 * 86_400_000)
  return telling
}

const occurredAt = (minute: number): string => new Date(START + minute * 60_000).toISOString()
const ADA = { userId: 'ada', email: 'ada@example.org', phone: '+4520123456' }
const signedUp = {
  id: 'signed-up',
  type: 'customer.signed-up',
  occurredAt: occurredAt(-60),
  identifiers: ADA,
  consent: { offers: { email: true, sms: true, push: true } },
}

const REMINDER = `
journey: reminder
purpose: offers
enter: { when: order.started, key: order_id }
exit: [{ when: order.completed }]
steps:
  - wait: 1 hour
  - { send: reminder, by: email }
`

describe('events of one customer', () => {
  const views = Array.from({ length: 8 }, (_, n) => ({
    id: `view-${n}`,
    type: 'product.viewed',
    occurredAt: occurredAt(n - 30),
    identifiers: n % 2 === 0 ? { userId: 'ada' } : { anonymousId: 'somebody' },
    traits: { seen: n },
  }))
  const signedIn = {
    id: 'signed-in',
    type: 'customer.signed-in',
    occurredAt: occurredAt(-10),
    identifiers: { userId: 'ada', anonymousId: 'somebody' },
  }
  const started = {
    id: 'started',
    type: 'order.started',
    occurredAt: occurredAt(0),
    identifiers: { userId: 'ada' },
    properties: { order_id: 'o1' },
  }

  it.each(SEEDS)('are recorded once each, with one customer, one run and one message (seed %i)', async (seed) => {
    const events = [signedUp, signedIn, started, ...views]
    const end = await endState(
      await race({ events, copies: 2, journeys: { reminder: REMINDER }, messages: ['reminder'] }, seed),
    )
    expect(end.timeline.map(({ id }) => id).toSorted()).toEqual(events.map(({ id }) => id).toSorted())
    expect(end.profiles).toMatchObject([
      { identifiers: { ...lists(ADA), anonymousId: ['somebody'] }, traits: { seen: 7 }, runs: [] },
    ])
    expect(end.enrolments).toMatchObject([{ run: 1, state: 'ended', reason: 'completed' }])
    expect(end.outbox).toHaveLength(1)
    expect(end).toMatchObject({ deadLetters: [], overdue: [], machines: { running: 0, succeeded: 1, failed: 0 } })
  })
})

describe('a completion', () => {
  const started = {
    id: 'started',
    type: 'order.started',
    occurredAt: occurredAt(0),
    identifiers: { userId: 'ada' },
    properties: { order_id: 'o1' },
  }
  const completed = {
    id: 'completed',
    type: 'order.completed',
    occurredAt: occurredAt(1),
    identifiers: { email: 'ada@example.org' },
  }

  it.each(SEEDS)('keeps the reminder away, whichever comes first (seed %i)', async (seed) => {
    const events = [signedUp, started, completed]
    const end = await endState(
      await race({ events, copies: 2, journeys: { reminder: REMINDER }, messages: ['reminder'] }, seed),
    )
    expect(end.outbox).toEqual([])
    expect(end).toMatchObject({ deadLetters: [], overdue: [], machines: { running: 0, failed: 0 } })
  })
})

describe('a cap', () => {
  const journeys = Object.fromEntries(
    ['one', 'two', 'three', 'four'].map((name) => [
      name,
      `
journey: ${name}
purpose: offers
enter: { when: order.started }
steps: [{ wait: 1 minute }, { send: ${name}, by: email, deadline: 1 hour }]
`,
    ]),
  )
  const brand = aBrandFile({ offers: '{ consent: required, channels: email, caps: [{ up to: 2, per: 1 day }] }' })
  const started = { id: 'started', type: 'order.started', occurredAt: occurredAt(0), identifiers: { userId: 'ada' } }

  it.each(SEEDS)('holds though four messages want to go out at the same instant (seed %i)', async (seed) => {
    const telling = await race(
      { events: [signedUp, started], copies: 2, journeys, messages: Object.keys(journeys), brand },
      seed,
    )
    const end = await endState(telling)
    expect(end.outbox).toHaveLength(2)
    expect(end.dispatches.map(({ state }) => state).toSorted()).toEqual([
      'delivered',
      'delivered',
      'skipped',
      'skipped',
    ])
    expect(end).toMatchObject({ deadLetters: [], overdue: [], machines: { running: 0, failed: 0 } })
  })
})

describe('a withdrawal', () => {
  const offer = `
journey: offer
purpose: offers
enter: { when: order.started }
steps: [{ send: offer, by: email }]
`
  const started = { id: 'started', type: 'order.started', occurredAt: occurredAt(0), identifiers: { userId: 'ada' } }
  const withdrawn = {
    id: 'withdrawn',
    type: 'consent.withdrawn',
    occurredAt: occurredAt(0),
    identifiers: { userId: 'ada' },
    consent: { offers: { email: false } },
  }

  it.each(SEEDS)('that was committed before the claim keeps the message away (seed %i)', async (seed) => {
    const { system } = await race(
      { events: [signedUp, started, withdrawn], copies: 1, journeys: { offer }, messages: ['offer'] },
      seed,
    )
    const rows = (await system.world.table.scan({ limit: 1_000 })).items
    const dispatches = rows.filter(({ sk }) => sk.startsWith('D#')).map(readDispatch)
    const moment = Number(rows.find(({ sk }) => sk.endsWith('#withdrawn'))?.moment)
    for (const { state, seen } of dispatches) if (state !== 'skipped') expect(seen).toBeLessThan(moment)
    expect(system.outbox.count()).toBe(dispatches.filter(({ state }) => state === 'delivered').length)
  })
})

function lists(identifiers: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(identifiers).map(([kind, value]) => [kind, [value]]))
}
