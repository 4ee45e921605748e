import { describe, expect, it } from 'vitest'
import { Unavailable } from '#shared/errors/errors.ts'
import type { Delivery, Outgoing, Provider } from '#shared/world/provider.ts'
import type { Log } from '#shared/world/world.ts'
import { aStage, QUIET, type Stage } from '#test/builders/a-system.ts'

/*
 * Providers are down, refuse, or leave us in the dark; a device is given away. A journey goes on as its author said it
 * should, never twice to the same person, and never without a trace.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  consent: { offers: { sms: true, push: true } },
}
const device = (pushToken: string | null, more: object = {}) => ({
  type: 'device.registered',
  identifiers,
  device: { id: 'phone', platform: 'ios', pushToken, ...more },
})
const started = { type: 'order.started', identifiers }

const TAKEN: Delivery = { outcome: 'accepted', providerId: 'p-1' }

/** A provider that remembers what it was asked for. */
function aProvider(
  deliver: (message: Outgoing, call: number) => Delivery,
  idempotency: Provider['idempotency'] = 'key',
) {
  const asked: Outgoing[] = []
  const provider: Provider = {
    name: 'test',
    idempotency,
    deliver: async (message) => deliver(message, asked.push(message)),
  }
  return { provider, asked }
}

const down = (): never => {
  throw new Unavailable('test.down', 'It is down.')
}

async function stage(steps: string, providers: Readonly<Record<string, Provider>> = {}): Promise<Stage> {
  const journey = `journey: tried\npurpose: offers\nenter: { when: order.started }\nsteps: ${steps}\n`
  const made = await aStage({
    journeys: { tried: journey },
    messages: ['hello', 'sorry'],
    forms: ['sms', 'push'],
    providers,
  })
  await made.receive(known)
  return made
}

const lines = async ({ customer }: Stage): Promise<readonly string[]> =>
  ((await customer(ADA))?.thread ?? []).map(({ text }) => text)

describe('if it fails', () => {
  /** Too long for an SMS: an error that no retry mends. */
  const BROKEN = 'send: long, by: sms'
  const broken = async (steps: string, log: Log = QUIET) => {
    const journey = `journey: tried\npurpose: offers\nenter: { when: order.started }\nsteps: ${steps}\n`
    const long = aStage({ journeys: { tried: journey }, messages: ['hello', 'long'], forms: ['sms', 'push'], log })
    const made = await long
    await made.receive({ ...known, traits: {} })
    return made
  }
  const order = { ...started, properties: { order_id: 'o'.repeat(2_000) } }

  it('exit, where nothing is said: the run ends as failed, with the step and the error', async () => {
    const made = await broken(`[{ ${BROKEN} }, { send: hello, by: push }]`)
    await made.receive(order)
    await made.advance('1 day')
    expect(await lines(made)).toContain('left tried: failed (send-long: Misconfigured)')
    expect(made.system.machines.counts()).toMatchObject({ running: 0, failed: 0, succeeded: 1 })
    expect((await made.customer(ADA))?.profile.running).toEqual([])
  })

  it('exit: operators are told of it, each time, with whose run it was, the step and the error', async () => {
    const told: unknown[] = []
    const error: Log['error'] = (message, details) => {
      if (message === 'a run failed') told.push(details)
    }
    const made = await broken(`[{ ${BROKEN} }]`, { ...QUIET, error })
    await made.receive(order)
    const customer = (await made.customer(ADA))?.customer
    expect(told).toEqual([{ customer, enrolment: expect.any(String), step: 'send-long', error: 'Misconfigured' }])
  })

  it('continue: the run goes on with the next step', async () => {
    const made = await broken(`[{ ${BROKEN}, if it fails: continue }, { wait: 1 hour }]`)
    await made.receive(order)
    await made.advance('1 hour')
    expect(await lines(made)).toContain('left tried: completed')
  })

  it('continue: ends the run where nothing follows', async () => {
    const made = await broken(`[{ ${BROKEN}, if it fails: continue }]`)
    await made.receive(order)
    expect(await lines(made)).toContain('left tried: completed')
  })

  it('steps: the run takes them, and then goes on', async () => {
    const made = await broken(`[{ ${BROKEN}, if it fails: [{ update: { set: { told: no } } }] }, { exit: the end }]`)
    await made.receive(order)
    expect((await made.customer(ADA))?.profile.traits).toMatchObject({ told: 'no' })
    expect(await lines(made)).toContain('left tried: the end')
  })
})

describe('a provider', () => {
  it('that is down for a while is tried again until it is back, and the message goes out once', async () => {
    const { provider, asked } = aProvider((_message, call) => (call < 4 ? down() : TAKEN))
    const made = await stage('[{ send: hello }]', { sms: provider })
    await made.receive(started)
    await made.advance('2 days')
    expect(asked).toHaveLength(4)
    expect(new Set(asked.map(({ dispatch }) => dispatch)).size).toBe(1)
    expect(await lines(made)).toEqual(expect.arrayContaining(['hello sent by sms', 'left tried: completed']))
  })

  it('that refuses gives way to the next channel, and what was not sent does not count against her caps', async () => {
    const push = aProvider(() => ({ outcome: 'refused', reason: 'too large' }))
    const sms = aProvider(() => TAKEN)
    const made = await stage(
      '[{ send: hello, by: [push, sms] }, { send: sorry, by: sms }, { send: hello, by: sms }, { send: sorry, by: sms }]',
      {
        push: push.provider,
        sms: sms.provider,
      },
    )
    await made.receive(device('token'), started)
    expect([push.asked.length, sms.asked.length]).toEqual([1, 3])
    expect(await lines(made)).toContainEqual(expect.stringMatching(/^sorry held until/))
  })

  it('that takes a message and breaks off leaves marketing uncertain: not sent again, and shown as such', async () => {
    const { provider, asked } = aProvider(() => {
      throw new Error('The connection broke.')
    }, 'none')
    const made = await stage('[{ send: hello }]', { sms: provider })
    await made.receive(started)
    await made.advance('1 day')
    expect(asked).toHaveLength(1)
    expect(await lines(made)).toEqual(expect.arrayContaining(['hello uncertain by sms', 'left tried: completed']))
  })

  it('that breaks off and knows messages by their key is asked again by it', async () => {
    const { provider, asked } = aProvider((_message, call) => {
      if (call === 1) throw new Error('The connection broke.')
      return TAKEN
    })
    const made = await stage('[{ send: hello }]', { sms: provider })
    await made.receive(started)
    await made.advance('1 day')
    expect(asked).toHaveLength(2)
    expect(await lines(made)).toContain('hello sent by sms')
  })

  it('that says an address is dead closes it', async () => {
    const { provider, asked } = aProvider(() => ({ outcome: 'refused', reason: 'no such number', suppress: true }))
    const made = await stage('[{ send: hello, by: sms }, { send: sorry, by: sms }]', { sms: provider })
    await made.receive(started)
    expect(asked).toHaveLength(1)
    expect((await made.customer(ADA))?.profile.suppressed).toMatchObject([{ channel: 'sms', address: '+4520123456' }])
  })
})

describe('a push token', () => {
  it('is where push messages go, on the platform that it belongs to', async () => {
    const made = await stage('[{ send: hello }]')
    await made.receive(device('token-1'))
    await made.receive(started)
    expect(made.messages().map(({ channel, to }) => `${channel} ${to}`)).toEqual(['push ios:token-1'])
  })

  it('is replaced by a newer one, but not by one that comes late', async () => {
    const made = await stage('[{ send: hello }]')
    await made.receive(device('token-2'))
    await made.receive({ ...device('token-1'), occurredAt: '2026-03-10T09:00:00Z' })
    await made.receive(started)
    expect(made.messages().map(({ to }) => to)).toEqual(['ios:token-2'])
    await made.advance('1 hour')
    await made.receive(device('token-3'))
    await made.receive(started)
    expect(made.messages().map(({ to }) => to)).toEqual(['ios:token-2', 'ios:token-3'])
  })

  it('of the device that she used last is the one, while it is valid', async () => {
    const made = await stage('[{ send: hello }]')
    await made.receive(device('of-the-phone'))
    await made.advance('1 minute')
    await made.receive(device('of-the-tablet', { id: 'tablet', platform: 'android' }))
    await made.receive(started)
    await made.advance('1 minute')
    await made.receive(device(null, { id: 'tablet' }))
    await made.receive(started)
    expect(made.messages().map(({ to }) => to)).toEqual(['android:of-the-tablet', 'ios:of-the-phone'])
  })

  it('that is dead is dropped, and the message goes out on the next channel', async () => {
    const push = aProvider(() => ({ outcome: 'refused', reason: 'Unregistered', suppress: true }))
    const made = await stage('[{ send: hello, by: [push, sms] }, { send: sorry, by: [push, sms] }]', {
      push: push.provider,
    })
    await made.receive(device('token'), started)
    expect(push.asked).toHaveLength(1)
    expect(made.arrived()).toEqual(['sms hello', 'sms sorry'])
    expect((await made.customer(ADA))?.profile.pushDevices).toEqual([])
    await made.advance('1 hour')
    await made.receive(device('new-token'))
    expect((await made.customer(ADA))?.profile.pushDevices).toEqual(['phone'])
  })

  it('stays hers when two records of hers become one', async () => {
    const made = await stage('[{ send: hello }]')
    await made.receive({ ...device('token'), identifiers: { anonymousId: 'a1' } })
    await made.receive({ type: 'customer.logged-in', identifiers: { ...identifiers, anonymousId: 'a1' } })
    await made.receive(started)
    expect(made.messages().map(({ to }) => to)).toEqual(['ios:token'])
  })
})
