import { describe, expect, it } from 'vitest'
import { aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * The end of a run must be true at once: a reminder that goes out after she has bought is worse than none. The goal is
 * watched to its own end, whether or not the run is still there.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  consent: { offers: { sms: true } },
}
const started = { type: 'order.started', identifiers, properties: { order_id: 'o1' } }
const completed = { type: 'order.completed', identifiers, properties: { order_id: 'o1', total: 12.5 } }

async function stage(
  steps: string,
  {
    exit = '{ when: order.completed }',
    goal = '{ when: order.completed, within: 7 days, value: total }',
    ...more
  }: { exit?: string; goal?: string; segments?: Readonly<Record<string, string>> } = {},
  at?: string,
) {
  const enter = '{ when: order.started, key: order_id, same key: restart }'
  const journey = `journey: order\npurpose: offers\nenter: ${enter}\nexit: ${exit}\ngoal: ${goal}\nsteps: ${steps}\n`
  const made = await aStage({ journeys: { order: journey }, messages: ['hello', 'later'], forms: ['sms'], at, ...more })
  await made.receive(known)
  return { ...made, journeyLines: () => journeyLines(made) }
}

const journeyLines = async ({ customer }: Stage): Promise<readonly string[]> =>
  ((await customer(ADA))?.thread ?? []).flatMap((entry) => (entry.kind === 'journey' ? [entry.text] : []))

const enrolmentOf = async ({ system, customer }: Stage) => {
  const { items } = await system.world.table.query({ pk: `C#${(await customer(ADA))?.customer}`, prefix: 'E#' })
  return items[0]
}

describe('a goal and a new start', () => {
  it('may be reached by the very touchpoint that starts the run over', async () => {
    const { receive, advance, arrived, journeyLines, system } = await stage('[{ wait: 1 hour }, { send: hello }]', {
      exit: '{ when: order.cancelled }',
      goal: '{ when: order.started, within: 7 days }',
    })
    await receive(started)
    await advance('30 minutes')
    await receive({ ...started, id: 'again' })
    await advance('59 minutes')
    expect(arrived()).toEqual([])
    await advance('1 minute')
    expect(arrived()).toHaveLength(1)
    expect(await journeyLines()).toContain('left order: completed')
    const { items } = await system.world.table.query({ pk: 'X' })
    expect(items).toEqual([])
  })
})

describe('an exit', () => {
  it('ends a run that sleeps: nothing is sent, and the machine ends when it wakes', async () => {
    const { receive, advance, arrived, journeyLines, system } = await stage('[{ wait: 1 hour }, { send: hello }]')
    await receive(started)
    await receive(completed)
    expect(await journeyLines()).toContain('left order: exited (order.completed)')
    await advance('2 hours')
    expect(arrived()).toEqual([])
    expect(system.machines.counts()).toMatchObject({ running: 0, succeeded: 1, failed: 0 })
  })

  it('ends a run that waits for a touchpoint, and its machine at once', async () => {
    const { receive, arrived, advance, system } = await stage(
      '[{ await: cart.viewed, within: 2 days, then: [{ send: hello }], else: [{ send: later }] }]',
    )
    await receive(started)
    await receive(completed)
    expect(system.machines.counts()).toMatchObject({ running: 0, succeeded: 1 })
    await advance('3 days')
    expect(arrived()).toEqual([])
  })

  it('ends a run whose message is held for the morning', async () => {
    const { receive, advance, arrived } = await stage('[{ send: hello }]', {}, '2026-03-10T22:00:00Z')
    await receive(started)
    await advance('2 hours')
    await receive(completed)
    await advance('1 day')
    expect(arrived()).toEqual([])
  })

  it('by what is awaited, too, is an exit and no match', async () => {
    const { receive, arrived } = await stage('[{ await: order.completed, within: 2 days, then: [{ send: hello }] }]')
    await receive(started)
    await receive(completed)
    expect(arrived()).toEqual([])
  })

  it.each([
    ['{ leaves segment: pros }', 'exited (segment.left)', []],
    ['{ leaves segment: others }', 'completed', ['sms hello o1']],
    ['{ joins segment: others }', 'exited (segment.joined)', []],
    ['{ leaves segment: pros, if: { trait: plan, exists: true } }', 'exited (segment.left)', []],
    ['{ leaves segment: pros, if: { trait: plan, is: plus } }', 'completed', ['sms hello o1']],
  ])('may be the segment that she moves in or out of: %s', async (exit, ending, messages) => {
    const segments = { pros: '{ trait: plan, is: pro }', others: '{ trait: plan, is not: pro }' }
    const { receive, advance, arrived, journeyLines } = await stage('[{ wait: 1 hour }, { send: hello }]', {
      exit,
      segments,
    })
    await receive({ type: 'plan.chosen', identifiers, traits: { plan: 'pro' } }, started)
    await advance('1 minute')
    await receive({ type: 'plan.chosen', identifiers, traits: { plan: 'free' } })
    await advance('1 hour')
    expect(await journeyLines()).toContain(`left order: ${ending}`)
    expect(arrived()).toEqual(messages)
  })

  it('may ask for the order that let her in', async () => {
    const { receive, advance, arrived } = await stage('[{ wait: 1 hour }, { send: hello }]', {
      exit: '{ when: order.completed, where: { property: order_id, same as: entry.order_id } }',
    })
    await receive(started, { ...started, properties: { order_id: 'o2' } })
    await receive(completed)
    await advance('1 hour')
    expect(arrived()).toEqual(['sms hello o2'])
  })

  it('may be a condition on her, asked at whatever she does', async () => {
    const { receive, advance, arrived, journeyLines } = await stage('[{ wait: 1 hour }, { send: hello }]', {
      exit: '{ if: { trait: plan, is: pro } }',
    })
    await receive(started)
    await receive({ type: 'page.viewed', identifiers, traits: { plan: 'pro' } })
    await advance('1 hour')
    expect(arrived()).toEqual([])
    expect(await journeyLines()).toContain('left order: exited (condition)')
  })

  it('that comes by the touchpoint that would start the run over wins, and the rest of the batch goes on', async () => {
    const { receive, advance, arrived, journeyLines, customer } = await stage('[{ wait: 1 hour }, { send: hello }]', {
      exit: '{ when: order.started, where: { property: state, is: cancelled } }',
    })
    await receive(started)
    await receive(
      { ...started, properties: { order_id: 'o1', state: 'cancelled' } },
      { type: 'page.viewed', identifiers },
    )
    await advance('1 day')
    expect(arrived()).toEqual([])
    expect(await journeyLines()).toContain('left order: exited (order.started)')
    expect((await customer(ADA))?.profile.running).toEqual([])
    expect((await customer(ADA))?.thread.map(({ text }) => text)).toContain('page.viewed on app')
  })
})

describe('a goal', () => {
  it('is reached while she is in the journey, with its value', async () => {
    const made = await stage('[{ wait: 1 hour }, { send: hello }]')
    await made.receive(started)
    await made.receive(completed)
    expect(await made.journeyLines()).toContain('reached the goal of order')
    expect(await enrolmentOf(made)).toMatchObject({ goalValue: 12.5, state: 'ended', reason: 'exited' })
  })

  it('is reached after the run has ended, within its time', async () => {
    const made = await stage('[{ send: hello }]')
    await made.receive(started)
    await made.advance('6 days')
    await made.receive(completed)
    expect(await enrolmentOf(made)).toMatchObject({ goalValue: 12.5, reason: 'completed' })
  })

  it('is not reached when its time is over', async () => {
    const made = await stage('[{ send: hello }]')
    await made.receive(started)
    await made.advance('7 days 1 minute')
    await made.receive(completed)
    expect((await enrolmentOf(made))?.goalAt).toBeUndefined()
  })

  it('is reached once, by the first touchpoint', async () => {
    const made = await stage('[{ send: hello }]')
    await made.receive(started)
    await made.receive(completed)
    await made.receive({ ...completed, properties: { order_id: 'o2', total: 99 } })
    expect(await enrolmentOf(made)).toMatchObject({ goalValue: 12.5 })
    expect((await made.journeyLines()).filter((line) => line.startsWith('reached'))).toHaveLength(1)
  })

  it('has no value where the touchpoint has none, or no number', async () => {
    for (const properties of [{}, { total: 'much' }, { total: null }, { total: true }, { total: { net: 5 } }]) {
      const made = await stage('[{ send: hello }]')
      await made.receive(started)
      await made.receive({ ...completed, properties })
      const enrolment = await enrolmentOf(made)
      expect(enrolment?.goalAt).toBeDefined()
      expect(enrolment?.goalValue).toBeUndefined()
    }
  })

  it('is watched for those who are held out, too: that is what they are for', async () => {
    const journey =
      'journey: order\npurpose: offers\nenter: { when: order.started }\nholdout: 100%\n' +
      'goal: { when: order.completed, value: total }\nsteps: [{ send: hello }]\n'
    const made = await aStage({ journeys: { order: journey }, messages: ['hello'], forms: ['sms'] })
    await made.receive(known, started)
    await made.advance('1 day')
    await made.receive(completed)
    expect(made.arrived()).toEqual([])
    expect(await enrolmentOf(made)).toMatchObject({ reason: 'holdout', goalValue: 12.5 })
  })
})
