import { describe, expect, it } from 'vitest'
import { aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * Events come more than once, late, and in any order: phones are offline, queues deliver at least once, senders try
 * again. The same event has one effect, whenever it comes; an old one tells us about her and disturbs nobody.
 */

const WELCOME = `
journey: welcome
purpose: offers
enter: { when: order.started, key: order_id }
exit: [{ when: order.completed, where: { property: order_id, same as: entry.order_id } }]
goal: { when: order.completed, within: 7 days, value: total }
steps:
  - wait: 1 hour
  - send: reminder
`

const POINTS = `
journey: points
purpose: offers
enter: { when: order.completed }
steps: [{ update: { add: { points: "10" } } }]
`

const stage = () => aStage({ journeys: { welcome: WELCOME, points: POINTS }, messages: ['reminder'], forms: ['sms'] })

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const signedUp = {
  id: 'signed-up',
  type: 'customer.signed-up',
  occurredAt: '2026-03-10T08:00:00Z',
  identifiers: { ...identifiers, phone: '+4520123456' },
  traits: { plan: 'free' },
  consent: { offers: { sms: true } },
}
const at = (time: string, day = '10') => `2026-03-${day}T${time}:00Z`
const started = {
  id: 'started',
  type: 'order.started',
  occurredAt: at('09:50'),
  identifiers,
  properties: { order_id: 'o1' },
}
const completed = { ...started, id: 'completed', type: 'order.completed', occurredAt: at('09:55') }

const threadOf = async ({ customer }: Stage) => (await customer(ADA))?.thread.map(({ text }) => text)

describe('an event that comes again', () => {
  it('has one effect, in the same batch, in another, and days later', async () => {
    const { receive, advance, arrived, customer, ...rest } = await stage()
    await receive(signedUp, started, started)
    await receive(started)
    await advance('1 hour')
    await receive(started, signedUp)
    await advance('5 days')
    await receive(started)
    await advance('1 day')
    expect(arrived()).toEqual(['sms reminder o1'])
    const thread = await threadOf({ customer, receive, advance, arrived, ...rest })
    expect(thread?.filter((text) => text.startsWith('order.started'))).toHaveLength(1)
  })

  it('has one effect also when it says no time of its own', async () => {
    const untimed = { id: 'bought', type: 'order.completed', identifiers }
    const { receive, advance, customer } = await stage()
    await receive(untimed)
    await advance('3 hours')
    for (let page = 0; page < 20; page++) await receive({ type: 'page.viewed', identifiers })
    await receive(untimed)
    const ada = await customer(ADA)
    expect(ada?.profile.traits).toEqual({ points: 10 })
    expect(ada?.thread.filter(({ text }) => text.startsWith('order.completed'))).toHaveLength(1)
  })

  it('is one of two when two customers have an event of the same id', async () => {
    const { receive, customer } = await stage()
    await receive(completed, { ...completed, identifiers: { userId: 'bob' } })
    expect((await customer(ADA))?.profile.traits).toEqual({ points: 10 })
    expect((await customer({ kind: 'userId', value: 'bob' }))?.profile.traits).toEqual({ points: 10 })
  })
})

describe('an event that comes late', () => {
  it('of more than a day folds into her profile and starts nothing', async () => {
    const { receive, advance, arrived, customer } = await stage()
    const [answer] = await receive({ ...signedUp, occurredAt: at('08:00', '01') })
    expect(answer).toMatchObject({ status: 'accepted', note: expect.stringContaining('starts nothing') })
    await receive({ ...started, occurredAt: at('09:00', '09') })
    await advance('1 day')
    expect(arrived()).toEqual([])
    const ada = await customer(ADA)
    expect(ada?.profile).toMatchObject({ traits: { plan: 'free' }, running: [], createdAt: '2026-03-01T08:00:00.000Z' })
    expect(ada?.thread).toHaveLength(2)
  })

  it('ends a run that it would have ended in time', async () => {
    const { receive, advance, arrived } = await stage()
    await receive(signedUp, started)
    await advance('30 minutes')
    await receive(completed)
    await advance('1 day')
    expect(arrived()).toEqual([])
  })

  it('does not end a run that began after it', async () => {
    const { receive, advance, arrived } = await stage()
    await receive(signedUp, started)
    await receive({ ...completed, occurredAt: at('09:40') })
    await advance('1 day')
    expect(arrived()).toEqual(['sms reminder o1'])
  })

  it('does not take back what is newer', async () => {
    const { receive, customer } = await stage()
    const updated = { type: 'customer.updated', identifiers, occurredAt: at('09:30'), traits: { plan: 'pro' } }
    await receive(updated)
    await receive(
      { ...signedUp, consent: { offers: { sms: false } } },
      { ...signedUp, id: 'older', occurredAt: at('07:00') },
    )
    expect((await customer(ADA))?.profile.traits).toEqual({ plan: 'pro' })
    expect((await customer(ADA))?.profile.consent).toMatchObject([{ state: 'withdrawn' }])
  })

  it('reaches the goal of a run that is open, however old it is', async () => {
    const { receive, advance, customer } = await stage()
    await receive(signedUp, started)
    await advance('2 days')
    await receive({ ...completed, properties: { order_id: 'o1', total: 7 } })
    expect((await customer(ADA))?.thread.map(({ text }) => text)).toContain('reached the goal of welcome')
  })
})

describe('an import', () => {
  it('folds history into the profile and starts nothing, however fresh it is', async () => {
    const { receive, advance, arrived, customer } = await stage()
    await receive({ ...signedUp, mode: 'history' }, { ...started, mode: 'history' }, { ...completed, mode: 'history' })
    await advance('1 day')
    expect(arrived()).toEqual([])
    expect((await customer(ADA))?.profile).toMatchObject({ traits: { plan: 'free' }, running: [] })
    expect((await customer(ADA))?.thread).toHaveLength(3)
  })
})

describe('events out of order', () => {
  const events = [
    signedUp,
    started,
    {
      ...signedUp,
      id: 'upgraded',
      type: 'customer.updated',
      occurredAt: at('09:10'),
      traits: { plan: 'pro', city: 'Aarhus' },
    },
    { ...started, id: 'started-2', properties: { order_id: 'o2' }, occurredAt: at('09:40') },
    { ...completed, properties: { order_id: 'o2' } },
    { ...signedUp, id: 'moved', type: 'customer.updated', occurredAt: at('09:20'), traits: { city: 'Odense' } },
  ]
  const outcome = async (...batches: (typeof events)[]) => {
    const { receive, advance, customer, arrived } = await stage()
    for (const batch of batches) await receive(...batch)
    await advance('1 day')
    const ada = await customer(ADA)
    return { traits: ada?.profile.traits, consent: ada?.profile.consent, arrived: arrived() }
  }

  it('give the same profile and the same journeys as in order, in one batch or in many', async () => {
    const inOrder = await outcome(events.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1)))
    expect(inOrder).toMatchObject({ traits: { plan: 'pro', city: 'Odense', points: 10 }, arrived: ['sms reminder o1'] })
    expect(await outcome(events)).toEqual(inOrder)
    expect(await outcome(events.toReversed())).toEqual(inOrder)
    expect(await outcome(...events.map((event) => [event]))).toEqual(inOrder)
    expect(await outcome(...events.toReversed().map((event) => [event]))).toEqual(inOrder)
  })
})
