import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'
import { showEnrolment } from './enrolment-view.ts'

const JOURNEY =
  'journey: welcome\npurpose: offers\nenter: { when: order.started }\nsteps: [{ send: hello }, { await: cart.viewed, within: 1 day }]\n'

const started = { type: 'order.started', identifiers: { anonymousId: 'laptop' }, properties: { order_id: 'o1' } }

describe('showEnrolment', () => {
  it('shows one run with its messages and their reasons, wherever its rows stand', async () => {
    const { receive, customer, system } = await aStage({
      journeys: { welcome: JOURNEY },
      messages: ['hello'],
      forms: ['sms'],
    })
    await receive(started)
    const visitor = await customer({ kind: 'anonymousId', value: 'laptop' })
    const enrolment = visitor?.profile.running[0]?.enrolment ?? ''
    await receive({ type: 'customer.signed-up', identifiers: { userId: 'ada' } })
    await receive({ type: 'customer.logged-in', identifiers: { userId: 'ada', anonymousId: 'laptop' } })
    const ada = await customer({ kind: 'userId', value: 'ada' })
    expect(ada?.customer).not.toBe(visitor?.customer)
    expect(await showEnrolment(system.world, ada?.customer ?? '', enrolment)).toMatchObject({
      id: enrolment,
      journey: 'welcome',
      state: 'running',
      enteredAt: '2026-03-10T10:00:00.000Z',
      entry: { type: 'order.started', occurredAt: '2026-03-10T10:00:00.000Z', properties: { order_id: 'o1' } },
      stands: { step: 'await-cart-viewed', until: '2026-03-11T10:00:00.000Z', parked: false },
      messages: [{ step: 'send-hello', message: 'hello', state: 'skipped' }],
    })
  })

  it('shows nothing where there is none', async () => {
    const { system } = await aStage()
    expect(await showEnrolment(system.world, 'cus_nobody', 'e1')).toBeUndefined()
  })
})
