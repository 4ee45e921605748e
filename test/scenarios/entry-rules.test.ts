import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'

/*
 * Who enters a journey, how often, and what happens when the same thing happens again: the rules under `enter`. A "no"
 * is written into her thread with its reason.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }

const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  traits: { plan: 'free' },
  consent: { offers: { sms: true } },
}

const started = (properties: object = {}, more: object = {}) => ({
  type: 'order.started',
  identifiers,
  properties,
  ...more,
})

async function stage(enter: string, steps = '[{ wait: 1 hour }, { send: hello }]') {
  const journey = `journey: entered\npurpose: offers\nenter: ${enter}\nsteps: ${steps}\n`
  const made = await aStage({ journeys: { entered: journey }, messages: ['hello'], forms: ['sms'] })
  await made.receive(known)
  const refusals = async (): Promise<readonly string[]> =>
    ((await made.customer(ADA))?.thread ?? []).flatMap(
      ({ text }) => /entered not entered: (.+)\)/.exec(text)?.[1] ?? [],
    )
  const running = async () => (await made.customer(ADA))?.profile.running.length
  return { ...made, refusals, running }
}

describe('where', () => {
  it('asks the touchpoint, and says nothing about one that is not meant', async () => {
    const { receive, running, refusals } = await stage(
      '{ when: order.started, where: { property: total, at least: 5 } }',
    )
    await receive(started({ total: 4 }))
    expect(await running()).toBe(0)
    expect(await refusals()).toEqual([])
    await receive(started({ total: 5 }))
    expect(await running()).toBe(1)
  })

  it('may ask for the channel', async () => {
    const { receive, running } = await stage('{ when: order.started, where: { channel: store } }')
    await receive(started())
    expect(await running()).toBe(0)
    await receive(started({}, { channel: 'store' }))
    expect(await running()).toBe(1)
  })
})

describe('if', () => {
  it('asks her profile as the touchpoint leaves it, and says when it says no', async () => {
    const { receive, running, refusals } = await stage('{ when: order.started, if: { trait: plan, is: pro } }')
    await receive(started())
    expect(await refusals()).toEqual(['condition'])
    await receive(started({}, { traits: { plan: 'pro' } }))
    expect(await running()).toBe(1)
  })

  it('may ask what she did, this very touchpoint included', async () => {
    const { receive, running } = await stage('{ when: order.started, if: { did: order.started, at least: 3 times } }')
    await receive(started())
    await receive(started(), started())
    expect(await running()).toBe(1)
  })
})

describe('key', () => {
  it('makes one run for each value', async () => {
    const { receive, advance, arrived } = await stage('{ when: order.started, key: order_id }', '[{ send: hello }]')
    await receive(started({ order_id: 'o1' }), started({ order_id: 'o2' }), started({ order_id: 'o1' }))
    await advance('1 hour')
    expect(arrived().toSorted()).toEqual(['sms hello o1', 'sms hello o2'])
  })

  it('makes one run for a value for ever, also when that run has ended', async () => {
    const { receive, advance, refusals } = await stage('{ when: order.started, key: order_id }', '[]')
    await receive(started({ order_id: 'o1' }))
    await advance('1 day')
    await receive(started({ order_id: 'o1' }))
    expect(await refusals()).toEqual(['entered-before'])
  })

  it('lets nobody in where the touchpoint lacks it', async () => {
    const { receive, running, refusals } = await stage('{ when: order.started, key: order_id }')
    await receive(started({ order_id: null }))
    await receive(started())
    expect(await running()).toBe(0)
    expect(await refusals()).toEqual(['key-missing', 'key-missing'])
  })

  it('may be missing: then she is in the journey once at a time', async () => {
    const { receive, advance, refusals, arrived } = await stage('{ when: order.started }')
    await receive(started())
    await receive(started())
    expect(await refusals()).toEqual(['already-running'])
    await advance('1 hour')
    await receive(started())
    await advance('1 hour')
    expect(arrived()).toHaveLength(2)
  })
})

describe('same key', () => {
  it('ignore: leaves the run that is open alone', async () => {
    const { receive, advance, arrived, refusals } = await stage('{ when: order.started, key: order_id }')
    await receive(started({ order_id: 'o1' }))
    await advance('40 minutes')
    await receive(started({ order_id: 'o1' }))
    expect(await refusals()).toEqual(['already-running'])
    await advance('20 minutes')
    expect(arrived()).toEqual(['sms hello o1'])
  })

  it('restart: starts over, as often as it happens', async () => {
    const { receive, advance, arrived, running } = await stage(
      '{ when: order.started, key: order_id, same key: restart }',
    )
    await receive(started({ order_id: 'o1' }))
    for (let change = 0; change < 3; change++) {
      await advance('40 minutes')
      await receive(started({ order_id: 'o1' }))
      expect(await running()).toBe(1)
    }
    expect(arrived()).toEqual([])
    await advance('1 hour')
    expect(arrived()).toEqual(['sms hello o1'])
    await advance('1 day')
    expect(arrived()).toHaveLength(1)
  })

  it('restart: begins with what the new touchpoint says', async () => {
    const { receive, advance, messages } = await stage('{ when: order.started, key: basket, same key: restart }')
    await receive(started({ basket: 'b', order_id: 'first' }))
    await receive(started({ basket: 'b', order_id: 'second' }))
    await advance('1 hour')
    expect(messages().map(({ content }) => content.text)).toEqual(['hello second'])
  })

  it('restart: frees a run that waits for a touchpoint', async () => {
    const { receive, advance, arrived, system } = await stage(
      '{ when: order.started, key: order_id, same key: restart }',
      '[{ await: cart.viewed, within: 1 day, else: [{ send: hello }] }]',
    )
    await receive(started({ order_id: 'o1' }))
    await advance('1 hour')
    await receive(started({ order_id: 'o1' }))
    expect(system.machines.counts()).toMatchObject({ running: 1, succeeded: 1 })
    await advance('23 hours')
    expect(arrived()).toEqual([])
    await advance('1 hour')
    expect(arrived()).toEqual(['sms hello o1'])
  })

  it('restart: does not reopen a run that has ended, also when it is asked to twice at once', async () => {
    const { receive, running, system } = await stage('{ when: order.started, key: order_id, same key: restart }', '[]')
    await receive(started({ order_id: 'o1' }))
    await receive(started({ order_id: 'o1' }), started({ order_id: 'o1' }))
    expect(await running()).toBe(0)
    expect(system.machines.counts()).toMatchObject({ running: 0, succeeded: 1 })
  })
})

describe('again', () => {
  it('never: once in her life, whatever the key', async () => {
    const { receive, refusals } = await stage('{ when: order.started, key: order_id, again: never }', '[]')
    await receive(started({ order_id: 'o1' }))
    await receive(started({ order_id: 'o2' }))
    expect(await refusals()).toEqual(['entered-before'])
  })

  it('always: as soon as the run before has ended', async () => {
    const { receive, refusals, arrived } = await stage('{ when: order.started, again: always }', '[{ send: hello }]')
    await receive(started())
    await receive(started())
    expect(await refusals()).toEqual([])
    expect(arrived()).toHaveLength(2)
  })

  it('after 7 days: not before, counted from when she entered', async () => {
    const { receive, advance, refusals, arrived } = await stage('{ when: order.started, again: after 7 days }')
    await receive(started())
    await advance('6 days')
    await receive(started())
    expect(await refusals()).toEqual(['entered-before'])
    await advance('1 day')
    await receive(started())
    await advance('1 hour')
    expect(await refusals()).toEqual(['entered-before'])
    expect(arrived()).toHaveLength(2)
  })
})

describe('holdout', () => {
  it('keeps a share of customers out, the same ones every time, and writes down that it did', async () => {
    const journey =
      'journey: offer\npurpose: offers\nenter: { when: order.started }\nholdout: 30%\nsteps: [{ send: hello }]\n'
    const { receive, messages, system } = await aStage({
      journeys: { offer: journey },
      messages: ['hello'],
      forms: ['sms'],
    })
    const people = Array.from({ length: 100 }, (_, n) => ({ ...known, identifiers: { phone: `+45201${10_000 + n}` } }))
    await receive(...people)
    await receive(...people.map((person) => ({ ...started(), identifiers: person.identifiers })))
    const reached = new Set(messages().map(({ to }) => to))
    expect(reached.size).toBeGreaterThan(50)
    expect(reached.size).toBeLessThan(90)
    await receive(...people.map((person) => ({ ...started(), identifiers: person.identifiers })))
    expect(new Set(messages().map(({ to }) => to))).toEqual(reached)
    const { items } = await system.world.table.query({ pk: 'S', prefix: 'DAY#' })
    expect(items[0]?.['ended.offer.holdout']).toBe(2 * (100 - reached.size))
  })
})
