import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'

/*
 * A marketer changes a journey while customers are in it. Who is inside goes on as it was when she entered; who comes
 * after gets the new one; nobody gets half of each.
 */

const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  consent: { offers: { sms: true } },
}
const started = (order_id: string) => ({ type: 'order.started', identifiers, properties: { order_id } })

const OLD = `
journey: reminder
purpose: offers
enter: { when: order.started, key: order_id, same key: restart }
exit: [{ when: order.completed }]
goal: { when: order.completed }
steps:
  - wait: 1 hour
  - await: cart.viewed
    within: 1 hour
    then: [{ send: old }]
`
const NEW = `
journey: reminder
purpose: offers
enter: { when: order.started, key: order_id, same key: restart }
exit: [{ when: order.paid }]
goal: { when: order.paid }
steps: [{ wait: 1 hour }, { send: new }]
`

const folder = (reminder: string) => ({ journeys: { reminder }, messages: ['old', 'new'], forms: ['sms'] as const })

const stage = async () => {
  const made = await aStage(folder(OLD))
  await made.receive(known)
  return made
}

describe('a new version of a journey', () => {
  it('is for those who enter after it; who is inside stays on hers to the end, waits included', async () => {
    const { receive, advance, arrived, publish } = await stage()
    await receive(started('o1'))
    await publish(folder(NEW))
    await receive(started('o2'))
    await advance('1 hour')
    expect(arrived()).toEqual(['sms new o2'])
    await receive({ type: 'cart.viewed', identifiers })
    expect(arrived()).toEqual(['sms new o2', 'sms old o1'])
  })

  it('keeps the exits and goals of each version to its own runs', async () => {
    const { receive, advance, arrived, publish, customer } = await stage()
    await receive(started('o1'))
    await publish(folder(NEW))
    await receive(started('o2'))
    await receive({ type: 'order.completed', identifiers })
    await advance('2 hours')
    expect(arrived()).toEqual(['sms new o2'])
    const ada = await customer({ kind: 'userId', value: 'ada' })
    const journeys = ada?.thread.flatMap((entry) => (entry.kind === 'journey' ? [entry.text] : []))
    expect(journeys?.toSorted()).toEqual([
      'entered reminder, version 1',
      'entered reminder, version 2',
      'left reminder: completed',
      'left reminder: exited (order.completed)',
      'reached the goal of reminder',
    ])
  })

  it('takes over a run that starts over', async () => {
    const { receive, advance, arrived, publish } = await stage()
    await receive(started('o1'))
    await publish(folder(NEW))
    await receive(started('o1'))
    await advance('1 day')
    expect(arrived()).toEqual(['sms new o1'])
  })

  it('is none where the text is the same: publishing again changes nothing', async () => {
    const { receive, publish, customer } = await stage()
    await publish(folder(OLD))
    await receive(started('o1'))
    expect((await customer({ kind: 'userId', value: 'ada' }))?.profile.running).toMatchObject([{ version: 1 }])
  })
})
