import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'

/*
 * One person is one record, however she comes in. What she did before we knew her is hers once we do, and a journey
 * that began on her laptop goes on when she logs in on her phone. Two people who share a device stay two.
 */

const REMINDER = `
journey: reminder
purpose: offers
enter: { when: order.started, key: order_id, same key: restart }
exit: [{ when: order.completed }]
steps:
  - wait: 1 hour
  - send: order-reminder
`

const NUDGE = `
journey: nudge
purpose: offers
enter: { when: menu.viewed }
steps:
  - await: order.started
    within: 1 day
    then: [{ send: good-choice }]
`

const stage = (journeys: Record<string, string> = {}) =>
  aStage({ journeys, messages: ['order-reminder', 'good-choice'], forms: ['sms', 'push'] })

const PHONE = '+4520123456'
const CONSENT = { offers: { sms: true } }

const laptop = { anonymousId: 'laptop' }
const viewed = { id: 'viewed', type: 'menu.viewed', occurredAt: '2026-03-10T09:00:00Z', identifiers: laptop }
const started = { type: 'order.started', identifiers: laptop, properties: { order_id: 'o1' } }
const loggedIn = { type: 'customer.logged-in', identifiers: { userId: 'ada', ...laptop } }
const signedUp = {
  type: 'customer.signed-up',
  identifiers: { userId: 'ada', phone: PHONE },
  traits: { firstName: 'Ada' },
  consent: CONSENT,
}

const ADA = { kind: 'userId', value: 'ada' } as const

describe('an anonymous visitor becomes known', () => {
  it('keeps what she did before', async () => {
    const { receive, customer } = await stage()
    await receive({ ...viewed, traits: { favourite: 'latte' } })
    await receive({ ...signedUp, identifiers: { ...signedUp.identifiers, ...laptop } })
    const ada = await customer(ADA)
    expect(ada?.profile.traits).toEqual({ favourite: 'latte', firstName: 'Ada' })
    expect(ada?.thread.map(({ text }) => text)).toEqual(['menu.viewed on app (created)', 'customer.signed-up on app'])
    expect(ada).toEqual(await customer({ kind: 'anonymousId', value: 'laptop' }))
  })

  it('is one with the record that she has already, with all that stands in both', async () => {
    const { receive, customer } = await stage()
    await receive(signedUp)
    await receive({ ...viewed, identifiers: { ...laptop, deviceId: 'laptop-1' }, traits: { favourite: 'latte' } })
    await receive(loggedIn)
    const ada = await customer(ADA)
    expect(ada?.profile.traits).toEqual({ favourite: 'latte', firstName: 'Ada' })
    expect(ada?.profile.merged).toHaveLength(1)
    expect(ada?.thread.map(({ text }) => text)).toEqual([
      'menu.viewed on app (created)',
      'customer.signed-up on app (created)',
      'customer.logged-in on app (merged)',
    ])
    for (const value of ['laptop', 'laptop-1'])
      expect((await customer({ kind: value === 'laptop' ? 'anonymousId' : 'deviceId', value }))?.customer).toBe(
        ada?.customer,
      )
  })

  it('becomes one with herself when she logs in on another device too', async () => {
    const { receive, customer } = await stage()
    await receive({ ...viewed, id: 'on-laptop' }, { ...viewed, id: 'on-phone', identifiers: { anonymousId: 'phone' } })
    await receive(loggedIn)
    await receive({ ...loggedIn, identifiers: { userId: 'ada', anonymousId: 'phone' } })
    const ada = await customer(ADA)
    expect(ada?.profile.identifiers.anonymousId?.toSorted()).toEqual(['laptop', 'phone'])
    expect(ada?.thread.filter(({ text }) => text.startsWith('menu.viewed'))).toHaveLength(2)
  })

  it('keeps the stricter of what she said under either name', async () => {
    const { receive, customer } = await stage()
    await receive({ ...viewed, consent: { offers: { sms: false, push: true } } })
    await receive({ ...signedUp, consent: { offers: { sms: true, email: true } } })
    await receive(loggedIn)
    const states = (await customer(ADA))?.profile.consent.map(({ channel, state }) => `${channel} ${state}`)
    expect(states?.toSorted()).toEqual(['email given', 'push given', 'sms withdrawn'])
  })
})

describe('two people on one device', () => {
  const bob = { userId: 'bob', ...laptop }
  const names = (view: Awaited<ReturnType<Awaited<ReturnType<typeof stage>>['customer']>>) => view?.profile.identifiers

  it('are two customers, and the device is that of who used it last', async () => {
    const { receive, customer } = await stage()
    await receive(loggedIn)
    await receive({ type: 'customer.logged-in', identifiers: bob, traits: { firstName: 'Bob' } })
    expect(names(await customer(ADA))).toEqual({ userId: ['ada'] })
    expect(names(await customer({ kind: 'userId', value: 'bob' }))).toEqual({
      userId: ['bob'],
      anonymousId: ['laptop'],
    })
    expect((await customer(ADA))?.profile.traits).toEqual({})
  })

  it('are two customers also when both come in one batch', async () => {
    const { receive, customer } = await stage()
    await receive(
      { ...loggedIn, traits: { firstName: 'Ada' } },
      { ...loggedIn, identifiers: bob, traits: { firstName: 'Bob' } },
    )
    expect((await customer(ADA))?.profile.traits).toEqual({ firstName: 'Ada' })
    expect((await customer({ kind: 'userId', value: 'bob' }))?.profile.traits).toEqual({ firstName: 'Bob' })
  })

  it('stay two when one gives the phone number of the other, which is noted', async () => {
    const { receive, customer } = await stage()
    await receive(signedUp)
    await receive({ ...signedUp, identifiers: { userId: 'bob', phone: PHONE } })
    const bobs = await customer({ kind: 'userId', value: 'bob' })
    expect(bobs?.profile.identifiers).toEqual({ userId: ['bob'] })
    expect(bobs?.thread.map(({ text }) => text)).toEqual(['customer.signed-up on app (conflict)'])
    expect((await customer({ kind: 'phone', value: PHONE }))?.profile.identifiers.userId).toEqual(['ada'])
  })
})

describe('a journey that began before she logged in', () => {
  it('writes to her at the address that her login brought', async () => {
    const { receive, advance, arrived } = await stage({ reminder: REMINDER })
    await receive(signedUp, started)
    await advance('30 minutes')
    await receive(loggedIn)
    await advance('30 minutes')
    expect(arrived(PHONE)).toEqual(['sms order-reminder o1'])
  })

  it('ends when she completes the order under her own name', async () => {
    const { receive, advance, arrived, customer } = await stage({ reminder: REMINDER })
    await receive(signedUp, started)
    await receive(loggedIn)
    await receive({ type: 'order.completed', identifiers: { userId: 'ada' } })
    await advance('1 day')
    expect(arrived()).toEqual([])
    expect((await customer(ADA))?.profile.running).toEqual([])
  })

  it('is woken by what she does under her own name', async () => {
    const { receive, arrived } = await stage({ nudge: NUDGE })
    await receive(signedUp, { type: 'menu.viewed', identifiers: laptop })
    await receive(loggedIn)
    await receive({ type: 'order.started', identifiers: { userId: 'ada' } })
    expect(arrived(PHONE)).toEqual(['sms good-choice'])
  })

  it('starts over when she changes the same order after her login, and reminds her once', async () => {
    const { receive, advance, arrived, customer } = await stage({ reminder: REMINDER })
    await receive(signedUp, started)
    await receive(loggedIn)
    await advance('30 minutes')
    await receive({ ...started, identifiers: { userId: 'ada' } })
    expect((await customer(ADA))?.profile.running).toHaveLength(1)
    await advance('59 minutes')
    expect(arrived()).toEqual([])
    await advance('1 day')
    expect(arrived()).toEqual(['sms order-reminder o1'])
  })

  it('goes on after a second merge', async () => {
    const { receive, advance, arrived } = await stage({ reminder: REMINDER })
    await receive(started)
    await receive({ type: 'card.shown', identifiers: { loyaltyCard: '4711', ...laptop } })
    await receive(signedUp)
    await receive({ type: 'customer.logged-in', identifiers: { userId: 'ada', loyaltyCard: '4711' } })
    await advance('1 hour')
    expect(arrived(PHONE)).toEqual(['sms order-reminder o1'])
  })
})

describe('touchpoints that come again after a merge', () => {
  it('are not recorded twice, however much has happened since', async () => {
    const { receive, customer } = await stage({ reminder: REMINDER })
    const before = { ...started, id: 'started-1', occurredAt: '2026-03-10T09:59:00Z' }
    const untimed = { ...viewed, id: 'viewed-2', occurredAt: undefined }
    await receive(before, untimed)
    await receive(signedUp)
    await receive(loggedIn)
    const later = (n: number) => ({ type: 'page.viewed', identifiers: { userId: 'ada' }, properties: { n } })
    for (let page = 0; page < 3; page++) await receive(...Array.from({ length: 16 }, (_, n) => later(n)))
    const thread = (await customer(ADA))?.thread.length
    await receive(before, untimed)
    expect((await customer(ADA))?.thread.length).toBe(thread)
    expect((await customer(ADA))?.profile.running).toHaveLength(1)
  })
})
