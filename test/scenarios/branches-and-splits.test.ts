import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'

/*
 * A branch asks what is true of her at that moment; a split asks chance, once and for ever: who was in one arm is in it
 * the next time, so that an experiment measures what it says.
 */

const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  consent: { offers: { sms: true } },
}
const started = { type: 'order.started', identifiers, properties: { total: 20 } }

const MESSAGES = ['hello', 'pro', 'plus', 'free', 'a', 'b']

const journeyOf = (steps: string): string =>
  `journey: asked\npurpose: offers\nenter: { when: order.started }\nsteps:\n${steps}\n`

async function stage(steps: string) {
  const made = await aStage({ journeys: { asked: journeyOf(steps) }, messages: MESSAGES, forms: ['sms'] })
  await made.receive(known)
  return made
}

describe('if', () => {
  const IF = '  - { if: { trait: plan, is: pro }, then: [{ send: pro }], else: [{ send: free }] }\n  - send: hello'

  it.each([
    ['pro', ['sms pro', 'sms hello']],
    ['free', ['sms free', 'sms hello']],
  ])('goes one way or the other, and on: %s', async (plan, messages) => {
    const { receive, arrived } = await stage(IF)
    await receive({ ...started, traits: { plan } })
    expect(arrived()).toEqual(messages)
  })

  it('asks when the run comes to it, not when she entered', async () => {
    const { receive, advance, arrived } = await stage(`  - wait: 1 hour\n${IF}`)
    await receive(started)
    await receive({ type: 'customer.updated', identifiers, traits: { plan: 'pro' } })
    await advance('1 hour')
    expect(arrived()).toEqual(['sms pro', 'sms hello'])
  })

  it.each([
    ['what let her in', '{ entry: total, at least: 20 }'],
    ['what she did', '{ did: page.viewed, at least: 2 times, in the last: 1 day }'],
    ['what she did not do', '{ did not: order.completed, in the last: 30 days }'],
    ['what was sent in this run', '{ message: hello, was: sent }'],
    ['what she allowed', '{ consent: offers, by: sms }'],
    ['where she can be reached', '{ reachable: sms }'],
    [
      'several things',
      '{ all: [{ trait: plan, exists: false }, { none: [{ reachable: push }, { consent: offers, by: email }] }] }',
    ],
  ])('may ask about %s', async (_what, condition) => {
    const { receive, arrived } = await stage(
      `  - send: hello\n  - { if: ${condition}, then: [{ send: pro }], else: [{ send: free }] }`,
    )
    await receive({ type: 'page.viewed', identifiers }, { type: 'page.viewed', identifiers })
    await receive(started)
    expect(arrived()).toEqual(['sms hello', 'sms pro'])
  })

  it('may ask whether she opened what was sent, in this run only', async () => {
    const opened =
      '  - send: hello\n  - wait: 1 hour\n  - { if: { message: hello, was: opened }, then: [{ send: pro }], else: [{ send: free }] }'
    const { receive, advance, arrived, messages } = await stage(opened)
    await receive(started)
    const [first] = messages()
    await receive({
      type: 'message.opened',
      channel: 'sms',
      identifiers,
      properties: { dispatch: first?.dispatch ?? '' },
    })
    await advance('1 hour')
    await advance('1 day')
    await receive(started)
    await advance('1 hour')
    expect(arrived()).toEqual(['sms hello', 'sms pro', 'sms hello', 'sms free'])
  })
})

describe('branch', () => {
  const BRANCH = `  - branch:
      - { if: { trait: plan, is: pro }, then: [{ send: pro }] }
      - { if: { trait: points, at least: 100 }, then: [{ send: plus }] }
      - { if: { trait: points, at least: 50 }, then: [{ send: hello }] }
    else: [{ send: free }]`

  it.each([
    ['the first that holds', { plan: 'pro', points: 1_000 }, 'sms pro'],
    ['not one that comes after it', { points: 1_000 }, 'sms plus'],
    ['else, where none holds', { points: 10 }, 'sms free'],
  ])('takes %s', async (_which, traits, message) => {
    const { receive, arrived } = await stage(BRANCH)
    await receive({ ...started, traits })
    expect(arrived()).toEqual([message])
  })
})

describe('split', () => {
  const SPLIT = `  - split: offer
    into:
      - { name: a, share: 30%, then: [{ send: a }] }
      - { name: b, share: 70%, then: [{ send: b }] }`
  const people = Array.from({ length: 1_000 }, (_, n) => ({ phone: `+4520${100_000 + n}` }))

  it('gives each arm about its share of a thousand customers', async () => {
    const { receive, arrived } = await stage(SPLIT)
    const events = people.flatMap((phone) => [
      { ...known, identifiers: phone },
      { ...started, identifiers: phone },
    ])
    for (let at = 0; at < events.length; at += 200) await receive(...events.slice(at, at + 200))
    const inA = arrived().filter((message) => message === 'sms a').length
    expect(arrived()).toHaveLength(1_000)
    // Three standard deviations around 300.
    expect(inA).toBeGreaterThan(256)
    expect(inA).toBeLessThan(344)
  })

  it('keeps everybody in her arm when she comes again, and in another journey that asks by the same name', async () => {
    const other = journeyOf(SPLIT)
      .replace('journey: asked', 'journey: again')
      .replace('order.started', 'order.completed')
    const { receive, advance, messages } = await aStage({
      journeys: { asked: journeyOf(SPLIT), again: other },
      messages: MESSAGES,
      forms: ['sms'],
    })
    const few = people.slice(0, 40)
    await receive(...few.map((phone) => ({ ...known, identifiers: phone })))
    for (const type of ['order.started', 'order.completed', 'order.started']) {
      await receive(...few.map((phone) => ({ ...started, type, identifiers: phone })))
      await advance('1 day')
    }
    for (const { phone } of few) {
      const hers = messages().filter(({ to }) => to === phone)
      expect(hers).toHaveLength(3)
      expect(new Set(hers.map(({ content }) => content.text)).size).toBe(1)
    }
    expect(new Set(messages().map(({ content }) => content.text)).size).toBe(2)
  })

  it('draws apart what has different names', async () => {
    const steps = `${SPLIT.replaceAll('30%', '50%').replaceAll('70%', '50%')}
  - split: hour
    into:
      - { name: early, share: 50%, then: [{ send: hello }] }
      - { name: late, share: 50% }`
    const { receive, messages } = await stage(steps)
    const few = people.slice(0, 60)
    await receive(
      ...few.flatMap((phone) => [
        { ...known, identifiers: phone },
        { ...started, identifiers: phone },
      ]),
    )
    const combinations = few.map(({ phone }) =>
      messages()
        .filter(({ to }) => to === phone)
        .map(({ content }) => String(content.text))
        .join(),
    )
    expect(new Set(combinations).size).toBe(4)
  })
})

describe('exit', () => {
  it('ends the run with the words of the journey, from inside a branch too', async () => {
    const { receive, customer, arrived } = await stage(
      '  - { if: { trait: plan, exists: false }, then: [{ exit: no plan yet }] }\n  - send: hello',
    )
    await receive(started)
    expect(arrived()).toEqual([])
    const ada = await customer({ kind: 'userId', value: 'ada' })
    expect(ada?.thread.map(({ text }) => text)).toContain('left asked: no plan yet')
  })
})
