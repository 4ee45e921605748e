import { describe, expect, it } from 'vitest'
import { aBrandFile, aStage, type MessageForm, type Stage } from '#test/builders/a-system.ts'

/*
 * May we send, when, and on which channel: decided when the message would go out, not when somebody thought of it. What
 * is only too early waits; what is refused gives way to the next channel; every "no" stands in her thread with a reason.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const PHONE = '+4520123456'
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: PHONE },
  consent: { offers: { sms: true, push: true, email: true } },
}
const withPush = { ...known, device: { id: 'phone', platform: 'ios', pushToken: 'token' } }
const started = { type: 'order.started', identifiers }

interface Options {
  readonly at?: string
  readonly brand?: string
  readonly purpose?: string
  readonly forms?: readonly MessageForm[]
  readonly journeys?: readonly string[]
  readonly her?: object
}

async function stage(steps: string, options: Options = {}): Promise<Stage> {
  const { purpose = 'offers', forms = ['sms', 'push'], journeys = ['one'], her = known, ...rest } = options
  const journeyOf = (name: string) =>
    `journey: ${name}\npurpose: ${purpose}\nenter: { when: order.started }\nsteps: ${steps}\n`
  const made = await aStage({
    journeys: Object.fromEntries(journeys.map((name) => [name, journeyOf(name)])),
    messages: ['hello', 'instead'],
    forms,
    ...rest,
  })
  await made.receive({ ...her, occurredAt: new Date(made.system.clock.now() - 60_000).toISOString() })
  return made
}

const decisions = async ({ customer }: Stage) =>
  ((await customer(ADA))?.thread ?? []).flatMap((entry) => (entry.kind === 'message' ? [entry] : []))

const arrivals = ({ messages }: Stage): readonly string[] => messages().map(({ at }) => new Date(at).toISOString())

describe('quiet hours', () => {
  it('hold a message for the morning, a little spread, and say until when', async () => {
    const made = await stage('[{ send: hello }]', { at: '2026-03-10T20:30:00Z' })
    await made.receive(started)
    const [held] = await decisions(made)
    expect(held?.text).toMatch(/^hello held until 2026-03-11T08:0\d:\d\d/)
    expect(held?.reasons).toEqual([
      'push: We have no address of hers on this channel.',
      'email: The message has no form for this channel.',
      'sms: It is night or early morning where she is (21:00 to 09:00, Europe/Copenhagen, by her phone number).',
    ])
    await made.advance('1 day')
    expect(arrivals(made)).toEqual([expect.stringMatching(/^2026-03-11T08:0\d:/)])
  })

  it('are those of the zone that she is in', async () => {
    const made = await stage('[{ send: hello }]', { her: { ...known, traits: { timeZone: 'America/New_York' } } })
    await made.receive(started)
    await made.advance('1 day')
    // 11:00 in Copenhagen is 06:00 in New York, where clocks have changed already.
    expect(arrivals(made)).toEqual([expect.stringMatching(/^2026-03-10T13:0\d:/)])
  })

  it.each([
    ['lose an hour', '2026-03-28T22:00:00Z', /^2026-03-29T07:0\d:/],
    ['gain an hour', '2026-10-24T22:00:00Z', /^2026-10-25T08:0\d:/],
  ])('end at nine in the morning of the night in which clocks %s', async (_what, at, morning) => {
    const made = await stage('[{ send: hello }]', { at })
    await made.receive(started)
    await made.advance('1 day')
    expect(arrivals(made)).toEqual([expect.stringMatching(morning)])
  })
})

describe('frequency caps', () => {
  it('hold what would be too much, and send it when there is room again', async () => {
    const journeys = ['one', 'two', 'three', 'four', 'five']
    const made = await stage('[{ send: hello }]', { journeys })
    await made.receive(started)
    expect(made.arrived()).toHaveLength(3)
    await made.advance('23 hours')
    expect(made.arrived()).toHaveLength(3)
    await made.advance('1 hour')
    expect(made.arrived()).toHaveLength(5)
    const held = (await decisions(made)).filter(({ reasons }) =>
      reasons.some((reason) => reason.includes('3 in 1 day')),
    )
    expect(held).toHaveLength(2)
  })

  it('of a purpose remember what it sent, whatever another purpose sends in between', async () => {
    const brand = aBrandFile({
      purposes: 'tips: { consent: required, channels: sms, caps: [{ up to: 1, per: 7 days }] }',
    })
    const journeyOf = (purpose: string) =>
      `journey: ${purpose}\npurpose: ${purpose}\nenter: { when: ${purpose}.due }\nsteps: [{ send: hello, deadline: 1 hour }]\n`
    const made = await aStage({
      journeys: { tips: journeyOf('tips'), offers: journeyOf('offers') },
      messages: ['hello'],
      forms: ['sms'],
      brand,
    })
    await made.receive({ ...known, consent: { offers: { sms: true }, tips: { sms: true } } })
    for (const type of ['tips.due', 'offers.due', 'tips.due', 'tips.due']) {
      await made.receive({ type, identifiers })
      await made.advance('2 days')
    }
    expect(made.arrived()).toHaveLength(2)
    await made.receive({ type: 'tips.due', identifiers })
    expect(made.arrived()).toHaveLength(3)
  })
})

describe('consent', () => {
  it('that was withdrawn since the message was thought of stops it, and her thread says why', async () => {
    const made = await stage('[{ wait: 1 hour }, { send: hello }]')
    await made.receive(started)
    await made.advance('59 minutes')
    await made.receive({ type: 'consent.withdrawn', identifiers, consent: { offers: { sms: false } } })
    await made.advance('1 day')
    expect(made.arrived()).toEqual([])
    expect((await decisions(made))[0]).toMatchObject({ state: 'skipped' })
    expect((await decisions(made))[0]?.reasons.at(-1)).toBe(
      'sms: She withdrew her consent for this purpose on this channel.',
    )
  })

  it('that was withdrawn while the message was held stops it, too', async () => {
    const made = await stage('[{ send: hello }]', { at: '2026-03-10T22:00:00Z' })
    await made.receive(started)
    await made.receive({ type: 'consent.withdrawn', identifiers, consent: { offers: { sms: false } } })
    await made.advance('1 day')
    expect(made.arrived()).toEqual([])
    expect((await decisions(made))[0]).toMatchObject({ state: 'skipped' })
  })

  it('that was never given is asked for', async () => {
    const made = await stage('[{ send: hello }]', { her: { ...known, consent: undefined } })
    await made.receive(started)
    expect((await decisions(made))[0]?.reasons.at(-1)).toBe('sms: She has not allowed this purpose on this channel.')
  })
})

describe('channels', () => {
  const CHAIN = '[{ send: hello, by: [push, sms, email] }]'
  const forms: readonly MessageForm[] = ['push', 'sms', 'email']
  const withEmail = { ...withPush, identifiers: { ...withPush.identifiers, email: 'ada@example.org' } }

  it.each([
    ['push, which comes first', {}, ['push hello']],
    [
      'sms, where push was not allowed',
      { consent: { offers: { push: false, sms: true, email: true } } },
      ['sms hello'],
    ],
    ['email, where only that was', { consent: { offers: { email: true } } }, ['email hello for you']],
    ['sms, where no device can be pushed to', { device: { id: 'phone', pushToken: null } }, ['sms hello']],
    ['none, where none may', { consent: {} }, []],
  ])('fall back in the order of the step, to %s', async (_which, more, messages) => {
    const made = await stage(CHAIN, { forms, her: { ...withEmail, ...more } })
    await made.receive(started)
    expect(made.arrived()).toEqual(messages)
  })

  it('are those of the purpose where the step names none', async () => {
    const brand = aBrandFile({ offers: '{ consent: required, channels: [sms, push] }' })
    const made = await stage('[{ send: hello }]', { brand, her: withPush })
    await made.receive(started)
    expect(made.arrived()).toEqual(['sms hello'])
  })
})

describe('the deadline', () => {
  it('of the step ends a hold before it begins: what would be late is not sent', async () => {
    const made = await stage('[{ send: hello, deadline: 2 hours }]', { at: '2026-03-10T22:00:00Z' })
    await made.receive(started)
    await made.advance('1 day')
    expect(made.arrived()).toEqual([])
    expect((await decisions(made))[0]?.reasons.at(-1)).toBe('sms: It could not go out before its deadline.')
  })

  it('of the purpose holds where the step has none, counted from the first try', async () => {
    const brand = aBrandFile({
      offers: '{ consent: required, channels: sms, deadline: 30 hours, caps: [{ up to: 1, per: 2 days }] }',
    })
    const made = await stage('[{ send: hello }]', { brand, journeys: ['one', 'two'] })
    await made.receive(started)
    await made.advance('3 days')
    expect(made.arrived()).toEqual(['sms hello'])
  })
})

describe('if not sent', () => {
  const nobody = { ...known, consent: {} }

  it.each([
    ['continue, unless told otherwise', '', ['sms instead']],
    ['exit', ', if not sent: exit', []],
    [
      'steps of its own, and then those that follow',
      ', if not sent: [{ send: instead, purpose: service }]',
      ['sms instead', 'sms instead'],
    ],
  ])('means: %s', async (_what, parameter, messages) => {
    const made = await stage(`[{ send: hello${parameter} }, { send: instead, purpose: service }]`, { her: nobody })
    await made.receive(started)
    expect(made.arrived()).toEqual(messages)
    expect((await made.customer(ADA))?.profile.running).toEqual([])
  })

  it('exit: is the reason that her thread gives', async () => {
    const made = await stage('[{ send: hello, if not sent: exit }, { wait: 1 day }]', { her: nobody })
    await made.receive(started)
    expect((await made.customer(ADA))?.thread.map(({ text }) => text)).toContain('left one: not-sent')
  })
})

describe('a service message', () => {
  it('goes out at night, above the caps and without consent', async () => {
    const journeys = ['one', 'two', 'three', 'four', 'five']
    const made = await stage('[{ send: hello }]', {
      ...{ purpose: 'service', at: '2026-03-10T23:30:00Z', journeys, her: { ...known, consent: {} } },
    })
    await made.receive(started)
    expect(made.arrived()).toHaveLength(5)
  })

  it('obeys STOP', async () => {
    const made = await stage('[{ send: hello }]', { purpose: 'service' })
    await made.receive({
      type: 'message.answered',
      channel: 'sms',
      identifiers: { phone: PHONE },
      properties: { text: 'Stop!' },
    })
    await made.receive(started)
    expect(made.arrived()).toEqual(['sms Kaffi: you will get no more texts from us. Reply START to allow them again.'])
    const hello = (await decisions(made)).find(({ message }) => message === 'hello')
    expect(hello?.reasons).toContain('sms: She told us to stop on this channel altogether.')
  })
})
