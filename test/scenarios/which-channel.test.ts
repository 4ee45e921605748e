import { describe, expect, it } from 'vitest'
import { aBrandFile, aStage, type Stage } from '#test/builders/a-system.ts'
import { feedbackFrom, type OutboxFeedback } from '../../local/outbox.ts'

/*
 * One message, the right channel: as the step orders it, as suits her, or where she wrote last; and by the next one
 * where the first did not reach her. Never twice on the same channel.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const CONSENT = { offers: { sms: true, push: true, email: true } }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456', email: 'ada@example.org' },
  consent: CONSENT,
  device: { id: 'phone', platform: 'ios', pushToken: 'token' },
}
const started = { type: 'order.started', identifiers }

async function stage(steps: string, { her = known, brand }: { her?: object; brand?: string } = {}): Promise<Stage> {
  const journey = `journey: one\npurpose: offers\nenter: { when: order.started }\nsteps: ${steps}\n`
  const made = await aStage({ journeys: { one: journey }, messages: ['hello', 'more'], ...(brand && { brand }) })
  await made.receive({ ...her, occurredAt: new Date(made.system.clock.now() - 60_000).toISOString() })
  return made
}

async function report(made: Stage, what: OutboxFeedback, place = -1, more: object = {}): Promise<void> {
  const message = made.messages().at(place)
  if (message === undefined) throw new Error('Nothing has arrived.')
  const feedback = feedbackFrom(message, what, { now: made.system.clock.now(), link: 'https://kaffi.example' })
  await made.receive({ ...feedback, properties: { ...feedback.properties, ...more } })
}

const ended = async ({ customer }: Stage) =>
  (await customer(ADA))?.thread.filter(({ kind }) => kind === 'journey').at(-1)?.text

const reasons = async ({ customer }: Stage) =>
  ((await customer(ADA))?.thread ?? []).flatMap((entry) => (entry.kind === 'message' ? [entry.reasons.at(-1)] : []))

describe('try next after', () => {
  const FALLBACK = '[{ send: hello, by: [push, email], try next after: 4 hours, unless: opened }]'

  it('sends by the next channel what nobody opened on the first', async () => {
    const made = await stage(FALLBACK)
    await made.receive(started)
    await made.advance('3 hours')
    expect(made.arrived()).toEqual(['push hello'])
    await made.advance('1 hour')
    expect(made.arrived()).toEqual(['push hello', 'email hello for you'])
    expect(await ended(made)).toBe('left one: completed')
    await made.advance('3 days')
    expect(made.arrived()).toHaveLength(2)
  })

  it.each(['opened', 'clicked', 'answered'] as const)('sends no more once it was %s', async (what) => {
    const made = await stage(FALLBACK)
    await made.receive(started)
    await made.advance('3 hours')
    await report(made, what)
    await made.advance('3 days')
    expect(made.arrived()).toEqual(['push hello'])
    expect(await ended(made)).toBe('left one: completed')
  })

  it.each([
    ['a delivery is no opening', 'opened', 'delivered', {}, 2],
    ['an opening is no click', 'clicked', 'opened', {}, 2],
    ['a machine that opens it is nobody', 'opened', 'opened', { bot: true }, 2],
    ['to have arrived is enough where the step says so', 'delivered', undefined, {}, 1],
  ] as const)('asks for what the step names: %s', async (_what, unless, reported, more, count) => {
    const made = await stage(`[{ send: hello, by: [push, email], try next after: 4 hours, unless: ${unless} }]`)
    await made.receive(started)
    await made.advance('1 hour')
    if (reported !== undefined) await report(made, reported, -1, more)
    await made.advance('1 day')
    expect(made.arrived()).toHaveLength(count)
  })

  it('goes through the channels in order, each once, and then on', async () => {
    const brand = aBrandFile({ offers: '{ consent: required, channels: [sms, push, email] }' })
    const made = await stage('[{ send: hello, try next after: 2 hours }, { send: more, by: push }]', { brand })
    await made.receive(started)
    await made.advance('4 hours')
    expect(made.arrived()).toEqual(['sms hello', 'push hello', 'email hello for you', 'push more'])
  })

  it('does not wait where no channel is left after the one that it took', async () => {
    const made = await stage(`[{ send: hello, by: [push, email], try next after: 4 hours }, { send: more, by: sms }]`, {
      her: { ...known, device: undefined },
    })
    await made.receive(started)
    expect(made.arrived()).toEqual(['email hello for you', 'sms more'])
  })

  it('goes on where the next channel may not be used, and says that', async () => {
    const made = await stage(`[{ send: hello, by: [push, email], try next after: 4 hours }, { send: more, by: sms }]`, {
      her: { ...known, consent: { offers: { sms: true, push: true } } },
    })
    await made.receive(started)
    await made.advance('4 hours')
    expect(made.arrived()).toEqual(['push hello', 'sms more'])
    expect(await reasons(made)).toContain('email: She has not allowed this purpose on this channel.')
  })

  it('ends with the run: an order that came in between lets nothing more out', async () => {
    const made = await aStage({
      journeys: {
        one: `journey: one\npurpose: offers\nenter: { when: order.started }\nexit: [{ when: order.completed }]\nsteps: ${FALLBACK}\n`,
      },
      messages: ['hello'],
    })
    await made.receive(known, started)
    await made.advance('3 hours')
    await made.receive({ type: 'order.completed', identifiers })
    await made.advance('1 day')
    expect(made.arrived()).toEqual(['push hello'])
  })

  it('leaves what she did meanwhile for the step that follows', async () => {
    const steps = `[{ send: hello, by: [push, email], try next after: 4 hours }, { await: cart.viewed, within: 1 day, then: [{ send: more, by: sms }] }]`
    const made = await stage(steps)
    await made.receive(started)
    await made.advance('1 hour')
    await made.receive({ type: 'cart.viewed', identifiers })
    await made.advance('3 hours')
    expect(made.arrived()).toEqual(['push hello', 'email hello for you', 'sms more'])
  })

  it('keeps the caps: the second try is a message like any other', async () => {
    const brand = aBrandFile({
      offers: '{ consent: required, channels: [push, email], deadline: 2 days, caps: [{ up to: 1, per: 1 day }] }',
    })
    const made = await stage(FALLBACK, { brand })
    await made.receive(started)
    await made.advance('23 hours')
    expect(made.arrived()).toEqual(['push hello'])
    await made.advance('2 hours')
    expect(made.arrived()).toEqual(['push hello', 'email hello for you'])
  })
})

describe('by: preferred', () => {
  const PREFERRED = '[{ send: hello, by: preferred }]'

  it.each([
    ['the one that she told us', { ...known, traits: { preferredChannel: 'email' } }, 'email hello for you'],
    ['the purpose’s first where we know nothing', known, 'push hello'],
    ['the purpose’s first where hers is none', { ...known, traits: { preferredChannel: 'pigeon' } }, 'push hello'],
    [
      'the next where hers may not be used',
      { ...known, traits: { preferredChannel: 'sms' }, consent: { offers: { email: true } } },
      'email hello for you',
    ],
  ])('takes %s', async (_which, her, message) => {
    const made = await stage(PREFERRED, { her })
    await made.receive(started)
    expect(made.arrived()).toEqual([message])
  })

  it('takes the one on which she opens and follows most', async () => {
    const made = await stage('[{ send: hello, by: email }, { wait: 2 hours }, { send: more, by: preferred }]')
    await made.receive(started)
    await report(made, 'opened')
    await made.advance('1 hour')
    await report(made, 'clicked')
    await made.advance('1 hour')
    expect(made.arrived()).toEqual(['email hello for you', 'email more for you'])
  })
})

describe('by: reply', () => {
  it('answers where she wrote last, though that is none of the purpose’s first', async () => {
    const brand = aBrandFile({ offers: '{ consent: required, channels: [push, email] }' })
    const made = await stage('[{ send: hello, by: reply }]', { brand })
    await made.receive({
      type: 'message.answered',
      channel: 'sms',
      identifiers: { phone: '+4520123456' },
      properties: { text: '' },
    })
    await made.receive(started)
    expect(made.arrived()).toEqual(['sms hello'])
  })

  it('is like preferred where she never wrote', async () => {
    const made = await stage('[{ send: hello, by: reply }]')
    await made.receive(started)
    expect(made.arrived()).toEqual(['push hello'])
  })
})
