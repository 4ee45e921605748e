import { describe, expect, it } from 'vitest'
import { steer } from '#shared/journeys/versions/steer.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * Some things are done more than once: a reminder every other day, until she has answered, three times at the most.
 * Each round is a doing of its own, so that its messages and touchpoints are not taken for those of the round before.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  consent: { offers: { sms: true } },
}
const started = { type: 'order.started', identifiers }

async function stage(steps: string): Promise<Stage> {
  const made = await aStage({
    journeys: { tried: `journey: tried\npurpose: offers\nenter: { when: order.started }\nsteps: ${steps}\n` },
    messages: ['hello'],
    forms: ['sms'],
  })
  await made.receive(known)
  return made
}

const lines = async ({ customer }: Stage): Promise<readonly string[]> =>
  ((await customer(ADA))?.thread ?? []).map(({ text }) => text)

describe('repeat', () => {
  it('goes through its steps as often as it says, each time with messages of their own', async () => {
    const { receive, advance, arrived } = await stage(
      '[{ repeat: [{ send: hello }, { wait: 2 days }], up to: 3 times }]',
    )
    await receive(started)
    expect(arrived()).toHaveLength(1)
    await advance('2 days')
    expect(arrived()).toHaveLength(2)
    await advance('30 days')
    expect(arrived()).toEqual(['sms hello', 'sms hello', 'sms hello'])
  })

  it('goes on with what follows once, after the last round', async () => {
    const made = await stage(
      '[{ repeat: [{ update: { add: { rounds: 1 } } }], up to: 4 times }, { update: { add: { after: 1 } } }]',
    )
    await made.receive(started)
    expect((await made.customer(ADA))?.profile.traits).toMatchObject({ rounds: 4, after: 1 })
    expect(await lines(made)).toContain('left tried: completed')
  })

  it('ends before the round at which its condition holds', async () => {
    const { receive, advance, arrived } = await stage(
      '[{ repeat: [{ send: hello }, { wait: 2 days }], up to: 9 times, until: { did: order.completed } }]',
    )
    await receive(started)
    await advance('3 days')
    await receive({ type: 'order.completed', identifiers })
    await advance('30 days')
    expect(arrived()).toHaveLength(2)
  })

  it('does nothing at all when its condition holds already', async () => {
    const { receive, arrived } = await stage(
      '[{ repeat: [{ send: hello }], up to: 9 times, until: { did: order.completed } }]',
    )
    await receive({ type: 'order.completed', identifiers }, started)
    expect(arrived()).toEqual([])
  })

  it('counts the inner rounds anew in each outer one', async () => {
    const made = await stage(
      '[{ repeat: [{ repeat: [{ update: { add: { inner: 1 } } }], up to: 3 times }, { update: { add: { outer: 1 } } }], up to: 2 times }]',
    )
    await made.receive(started)
    expect((await made.customer(ADA))?.profile.traits).toMatchObject({ inner: 6, outer: 2 })
  })

  it('waits anew in each round, whatever became of the wait in the round before', async () => {
    const awaits =
      '{ await: order.completed, within: 1 day, then: [{ update: { add: { came: 1 } } }], else: [{ update: { add: { late: 1 } } }] }'
    const made = await stage(`[{ repeat: [${awaits}], up to: 3 times }]`)
    await made.receive(started)
    await made.advance('25 hours')
    await made.receive({ type: 'order.completed', identifiers })
    await made.advance('2 hours')
    await made.receive({ type: 'order.completed', identifiers })
    expect((await made.customer(ADA))?.profile.traits).toMatchObject({ came: 2, late: 1 })
    expect(await lines(made)).toContain('left tried: completed')
  })

  it('goes on in the round it was in when its journey was paused meanwhile', async () => {
    const made = await stage(
      '[{ repeat: [{ update: { add: { rounds: 1 } } }, { wait: 1 day }], up to: 4 times, until: { trait: plan, is: pro } }]',
    )
    await made.receive(started)
    await made.advance('30 hours')
    await steer(made.system.world, 'tried', 'pause', 'ada')
    await made.advance('3 days')
    expect((await made.customer(ADA))?.profile.traits).toMatchObject({ rounds: 2 })
    await steer(made.system.world, 'tried', 'resume', 'ada')
    await made.advance('30 days')
    expect((await made.customer(ADA))?.profile.traits).toMatchObject({ rounds: 4 })
    expect(await lines(made)).toContain('left tried: completed')
  })

  it('is left at once by what ends the run', async () => {
    const made = await stage(
      '[{ repeat: [{ send: hello }, { if: { trait: plan, is: pro }, then: [{ exit: enough }] }, { wait: 2 days }], up to: 9 times }]',
    )
    await made.receive(started)
    await made.receive({ type: 'customer.upgraded', identifiers, traits: { plan: 'pro' } })
    await made.advance('30 days')
    expect(made.arrived()).toHaveLength(2)
    expect(await lines(made)).toContain('left tried: enough')
  })
})
