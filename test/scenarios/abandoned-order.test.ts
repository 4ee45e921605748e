import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'

/*
 * The reminder of an order that was begun and not finished: the story of the product. An order completed anywhere,
 * on any channel, before or in the same batch, means that no reminder goes out.
 */

const JOURNEY = `
journey: abandoned-order
purpose: offers
enter:
  when: order.started
  where: { property: total, at least: 5 }
  key: order_id
  same key: restart
exit: [{ when: order.completed }]
goal: { when: order.completed, within: 7 days, value: total }
steps:
  - wait: 1 hour
  - send: order-reminder
    by: [push, email]
    if not sent: exit
  - await: product.viewed
    within: 2 days
    then: [{ send: offer-bun }]
    else: [{ send: last-call, by: sms }]
`

const stage = () =>
  aStage({ journeys: { 'abandoned-order': JOURNEY }, messages: ['order-reminder', 'offer-bun', 'last-call'] })

const ADA = { userId: 'ada', email: 'ada@example.org', phone: '+4520123456' }

const signedUp = {
  id: 'signed-up',
  type: 'customer.signed-up',
  occurredAt: '2026-03-10T09:00:00Z',
  identifiers: ADA,
  traits: { firstName: 'Ada' },
  consent: { offers: { email: true, sms: true, push: true } },
}
const started = {
  id: 'started-1',
  type: 'order.started',
  occurredAt: '2026-03-10T10:00:00Z',
  identifiers: { userId: 'ada' },
  properties: { order_id: 'o1', total: 6.5 },
}
const completed = {
  id: 'completed-1',
  type: 'order.completed',
  occurredAt: '2026-03-10T10:30:00Z',
  channel: 'store',
  identifiers: { userId: 'ada' },
  properties: { order_id: 'o1', total: 6.5 },
}

describe('abandoned order', () => {
  it('reminds an hour after the order was begun, and again when nothing happens for two days', async () => {
    const { receive, advance, arrived } = await stage()
    await receive(signedUp, started)
    await advance('59 minutes')
    expect(arrived()).toEqual([])
    await advance('1 minute')
    expect(arrived()).toEqual(['email order-reminder for Ada'])
    await advance('2 days')
    expect(arrived()).toEqual(['email order-reminder for Ada', 'sms last-call o1'])
  })

  it('sends nothing once she has bought in the store', async () => {
    const { receive, advance, arrived } = await stage()
    await receive(signedUp, started)
    await receive(completed)
    await advance('7 days')
    expect(arrived()).toEqual([])
  })

  it('sends nothing when the order and its completion come in one batch, in whatever order', async () => {
    const { receive, advance, arrived } = await stage()
    await receive(completed, started, signedUp)
    await advance('7 days')
    expect(arrived()).toEqual([])
  })

  it('sends nothing when the completion comes before the start', async () => {
    const { receive, advance, arrived, system } = await stage()
    await receive(signedUp, completed)
    await receive(started)
    await advance('7 days')
    expect(arrived()).toEqual([])
    expect(system.machines.counts()).toMatchObject({ running: 0, succeeded: 0 })
  })

  it('takes the other path when she looks at a product after the reminder', async () => {
    const { receive, advance, arrived } = await stage()
    await receive(signedUp, started)
    await advance('1 hour')
    await receive({ type: 'product.viewed', identifiers: { userId: 'ada' } })
    expect(arrived()).toEqual(['email order-reminder for Ada', 'email offer-bun for Ada'])
  })
})
