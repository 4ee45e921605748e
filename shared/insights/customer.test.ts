import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'

const JOURNEY =
  'journey: welcome\npurpose: offers\nenter: { when: customer.signed-up }\nsteps: [{ send: hello }, { await: cart.viewed, within: 1 day }]\n'

const signedUp = {
  id: 'up',
  type: 'customer.signed-up',
  occurredAt: '2026-03-10T09:59:00Z',
  identifiers: { userId: 'ada', email: 'ada@example.org', phone: '+4520123456' },
  traits: { firstName: 'Ada' },
  consent: { offers: { sms: true } },
  device: { id: 'phone', pushToken: 'token' },
}

const stage = () => aStage({ journeys: { welcome: JOURNEY }, messages: ['hello'], forms: ['sms'] })

describe('showCustomer', () => {
  it('shows the profile as an agent reads it', async () => {
    const { receive, customer } = await stage()
    await receive(signedUp)
    const view = await customer({ kind: 'userId', value: 'ada' })
    expect(view?.profile).toMatchObject({
      createdAt: '2026-03-10T09:59:00.000Z',
      lastSeenAt: '2026-03-10T09:59:00.000Z',
      identifiers: { userId: ['ada'], email: ['ada@example.org'], phone: ['+4520123456'] },
      traits: { firstName: 'Ada' },
      consent: [{ purpose: 'offers', channel: 'sms', state: 'given', since: '2026-03-10T09:59:00.000Z' }],
      suppressed: [],
      pushDevices: ['phone'],
      running: [{ journey: 'welcome', version: 1, since: '2026-03-10T09:59:00.000Z', waitingFor: ['cart.viewed'] }],
      merged: [],
    })
  })

  it('shows the thread, oldest first, with every decision', async () => {
    const { receive, advance, customer } = await stage()
    await receive(signedUp)
    await advance('2 days')
    const view = await customer({ kind: 'userId', value: 'ada' })
    expect(view?.thread.map(({ at, text }) => `${at.slice(5, 16)} ${text}`)).toEqual([
      '03-10T09:59 customer.signed-up on app (created)',
      '03-10T09:59 entered welcome, version 1',
      '03-10T10:00 hello delivered by sms',
      '03-11T10:00 left welcome: completed',
    ])
    expect(view?.thread.find(({ kind }) => kind === 'message')).toMatchObject({
      reasons: [
        'push: The message has no form for this channel.',
        'email: The message has no form for this channel.',
        'sms: Nothing stood against it.',
      ],
    })
  })

  it.each([
    ['email', ' ADA@Example.org'],
    ['phone', '+45 20 12 34 56'],
    ['userId', 'ada'],
  ] as const)('finds her however her %s is written', async (kind, value) => {
    const { receive, customer } = await stage()
    await receive(signedUp)
    expect(await customer({ kind, value })).toBeDefined()
  })

  it.each([
    ['email', 'nobody@example.org'],
    ['email', 'no address'],
    ['customerId', 'cus_nobody'],
  ] as const)('finds nobody by the %s %s', async (kind, value) => {
    const { receive, customer } = await stage()
    await receive(signedUp)
    expect(await customer({ kind, value })).toBeUndefined()
  })
})
