import { describe, expect, it } from 'vitest'
import { waitKey } from '#shared/journeys/runs/wait-row.ts'
import { journeyState } from '#shared/journeys/versions/control.ts'
import { parkRun } from '#shared/journeys/versions/park-run.ts'
import { steer } from '#shared/journeys/versions/steer.ts'
import { aBrandFile, aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * A marketer sees that something is wrong and pauses a journey: from then on nothing happens to anybody in it. When it
 * is resumed, everybody goes on from where she stood, and nobody is forgotten.
 */

const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  traits: { plan: 'pro' },
  consent: { offers: { sms: true } },
}
const did = (type: string, properties: object = {}) => ({ type, identifiers, properties })

async function stage(steps: string, head = '', brand = aBrandFile()): Promise<Stage> {
  const welcome = `journey: welcome\npurpose: offers\nenter: { when: order.started }\n${head}\nsteps:\n${steps}\n`
  const made = await aStage({ journeys: { welcome }, messages: ['hello', 'other', 'late'], forms: ['sms'], brand })
  await made.receive(known)
  return made
}

const pause = ({ system }: Stage) => steer(system.world, 'welcome', 'pause', 'ada')
const resume = async ({ system, advance }: Stage) => {
  await steer(system.world, 'welcome', 'resume', 'ada')
  await advance('0 seconds')
}
const running = async ({ customer }: Stage) => (await customer({ kind: 'userId', value: 'ada' }))?.profile.running

describe('a journey that is paused', () => {
  it('holds those who wait when their wait is over, and sends nothing', async () => {
    const made = await stage('  - wait: 1 hour\n  - send: hello')
    await made.receive(did('order.started'))
    await pause(made)
    await made.advance('3 days')
    expect(made.arrived()).toEqual([])
    await resume(made)
    expect(made.arrived()).toEqual(['sms hello'])
    expect(made.system.machines.counts()).toMatchObject({ running: 0, succeeded: 1 })
  })

  it('lets customers in, and holds them at their first step', async () => {
    const made = await stage('  - send: hello')
    await pause(made)
    await made.receive(did('order.started'))
    await made.advance('1 hour')
    expect(made.arrived()).toEqual([])
    expect(await running(made)).toHaveLength(1)
    await resume(made)
    expect(made.arrived()).toEqual(['sms hello'])
  })

  it.each([
    ['a branch', '  - if: { trait: plan, is: pro }\n    then: [{ send: hello }]', ['sms hello']],
    ['an update', '  - update: { set: { seen: "yes" } }\n  - send: hello', ['sms hello']],
    ['an exit', '  - exit: enough', []],
    ['a send that is not the last', '  - send: hello\n  - wait: 1 day\n  - send: other', ['sms hello', 'sms other']],
  ])('holds at %s', async (_what, steps, messages) => {
    const made = await stage(`  - wait: 1 hour\n${steps}`)
    await made.receive(did('order.started'))
    await pause(made)
    await made.advance('2 days')
    expect(made.arrived()).toEqual([])
    expect(made.system.machines.counts()).toMatchObject({ running: 1 })
    await resume(made)
    await made.advance('1 day')
    expect(made.arrived()).toEqual(messages)
    expect(made.system.machines.counts()).toMatchObject({ running: 0, succeeded: 1 })
  })

  it('hears what is awaited, and holds at the step that follows', async () => {
    const made = await stage(
      '  - await: cart.viewed\n    within: 5 days\n    then: [{ send: hello }]\n    else: [{ send: late }]',
    )
    await made.receive(did('order.started'))
    await pause(made)
    await made.advance('1 day')
    await made.receive(did('cart.viewed'))
    await made.advance('10 days')
    expect(made.arrived()).toEqual([])
    await resume(made)
    expect(made.arrived()).toEqual(['sms hello'])
  })

  it('lets the time for what is awaited run out', async () => {
    const made = await stage('  - await: cart.viewed\n    within: 2 days\n    else: [{ send: late }]')
    await made.receive(did('order.started'))
    await pause(made)
    await made.advance('3 days')
    expect(made.arrived()).toEqual([])
    await resume(made)
    expect(made.arrived()).toEqual(['sms late'])
  })

  it('does not miss what comes while it holds before an await', async () => {
    const made = await stage(
      '  - wait: 1 hour\n  - await: cart.viewed\n    within: 2 days\n    then: [{ send: hello }]\n    else: [{ send: late }]',
    )
    await made.receive(did('order.started'))
    await pause(made)
    await made.receive(did('cart.viewed')) // during the wait, so it is not for the await
    await made.advance('2 hours')
    expect(made.arrived()).toEqual([])
    await made.receive(did('cart.viewed'))
    await made.advance('4 days')
    await resume(made)
    expect(made.arrived()).toEqual(['sms hello'])
  })

  it('lets go whom an exit takes out, at once', async () => {
    const made = await stage('  - send: hello', 'exit: [{ when: order.completed }]')
    await pause(made)
    await made.receive(did('order.started'))
    await made.receive(did('order.completed'))
    expect(await running(made)).toEqual([])
    expect(made.system.machines.counts()).toMatchObject({ running: 0, succeeded: 1 })
    await resume(made)
    expect(made.arrived()).toEqual([])
  })

  it('may be paused and resumed as often as one likes, also in a moment', async () => {
    const made = await stage('  - wait: 1 hour\n  - send: hello\n  - send: other')
    await made.receive(did('order.started'))
    for (let times = 0; times < 3; times++) {
      await pause(made)
      await made.advance('2 hours')
      await steer(made.system.world, 'welcome', 'resume', 'ada')
      await pause(made)
      await made.advance('1 hour')
    }
    expect(made.arrived()).toEqual([])
    await resume(made)
    expect(made.arrived()).toEqual(['sms hello', 'sms other'])
  })

  it('keeps a run alive however long it stands still', async () => {
    const made = await stage('  - wait: 1 hour\n  - send: hello')
    await made.receive(did('order.started'))
    await pause(made)
    await made.advance('90 days')
    expect(await running(made)).toHaveLength(1)
    await resume(made)
    expect(made.arrived()).toEqual(['sms hello'])
    expect(await running(made)).toEqual([])
  })

  it('holds a message that was put off, and skips it when its deadline has passed meanwhile', async () => {
    const quiet = aBrandFile({ more: 'quiet hours: { from: "10:30", to: "13:00" }' })
    for (const [held, messages] of [
      ['4 hours', ['sms hello']],
      ['5 days', []],
    ] as const) {
      const made = await stage('  - send: hello\n  - wait: 1 minute', '', quiet)
      await made.receive(did('order.started'))
      await pause(made)
      await made.advance(held)
      expect(made.arrived()).toEqual([])
      await resume(made)
      expect(made.arrived()).toEqual(messages)
    }
  })
})

describe('a resume that a process does not know of yet', () => {
  it('lets a run go on all the same', async () => {
    const made = await stage('  - wait: 1 hour\n  - send: hello')
    await made.receive(did('order.started'))
    await pause(made)
    await made.advance('59 minutes 59 seconds')
    expect(await journeyState(made.system.world, 'welcome')).toBe('paused')
    // As another process writes it: this one has it in mind for ten seconds more.
    await made.system.world.table.write([{ set: { pk: 'CONTROL', sk: 'welcome' }, attributes: { paused: null } }])
    await made.advance('1 second')
    expect(made.arrived()).toEqual(['sms hello'])
  })

  it('is not lost on a run that is being parked', async () => {
    const made = await stage('  - wait: 1 hour\n  - send: hello')
    const { world } = made.system
    await made.receive(did('order.started'))
    const ada = await made.customer({ kind: 'userId', value: 'ada' })
    const [{ enrolment = '' } = {}] = ada?.profile.running ?? []
    const run = { customer: ada?.customer ?? '', enrolment, run: 1, journey: 'welcome', version: 1, step: 'send-hello' }
    expect(await parkRun({ ...run, token: 'token', attempt: 0 }, world)).toEqual({ outcome: 'resumed-already' })
    expect(await world.table.get(waitKey(run.customer, enrolment, run.step))).toBeUndefined()
  })

  it('is not undone by a try that was given up', async () => {
    const made = await stage('  - wait: 1 hour\n  - send: hello')
    const { world } = made.system
    await made.receive(did('order.started'))
    await pause(made)
    const ada = await made.customer({ kind: 'userId', value: 'ada' })
    const [{ enrolment = '' } = {}] = ada?.profile.running ?? []
    const run = { customer: ada?.customer ?? '', enrolment, run: 1, journey: 'welcome', version: 1, step: 'send-hello' }
    await parkRun({ ...run, token: 'second', attempt: 1 }, world)
    await parkRun({ ...run, token: 'first', attempt: 0 }, world)
    expect(await world.table.get(waitKey(run.customer, enrolment, run.step))).toMatchObject({ token: 'second' })
  })
})

describe('a journey that is retired', () => {
  it('lets those inside finish and takes nobody new, until it is resumed', async () => {
    const made = await stage('  - wait: 1 hour\n  - send: hello')
    await made.receive(did('order.started'))
    await steer(made.system.world, 'welcome', 'retire', 'ada')
    await made.advance('2 hours')
    expect(made.arrived()).toEqual(['sms hello'])
    await made.receive(did('order.started'))
    expect(await running(made)).toEqual([])
    await resume(made)
    await made.receive(did('order.started'))
    expect(await running(made)).toHaveLength(1)
  })

  it('may be paused too', async () => {
    const made = await stage('  - wait: 1 hour\n  - send: hello')
    await made.receive(did('order.started'))
    await steer(made.system.world, 'welcome', 'retire', 'ada')
    expect(await pause(made)).toEqual({ state: 'paused', changed: true })
    await made.advance('2 hours')
    await made.receive(did('order.started'))
    expect(made.arrived()).toEqual([])
    expect(await running(made)).toHaveLength(1)
    await resume(made)
    expect(made.arrived()).toEqual(['sms hello'])
  })
})
