import { describe, expect, it } from 'vitest'
import { publishedJourneys } from '#shared/journeys/versions/live.ts'
import { beginMove, planFor } from '#shared/journeys/versions/move.ts'
import { MoveRules } from '#shared/journeys/versions/move-plan.ts'
import { steer } from '#shared/journeys/versions/steer.ts'
import { aBrandFile, aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * A journey gets a new version, and those inside are to go on with it: each from the step of the same name, with what is
 * left of the wait she was in. Nobody is lost, nobody gets a message twice.
 */

const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  traits: { plan: 'pro' },
  consent: { offers: { sms: true } },
}
const did = (type: string, properties: object = {}) => ({ type, identifiers, properties })

const folder = (steps: string, head = '') => ({
  journeys: {
    welcome: `journey: welcome\npurpose: offers\nenter: { when: order.started }\n${head}\nsteps:\n${steps}\n`,
  },
  messages: ['hello', 'other', 'late', 'fresh'],
  forms: ['sms', 'push'] as const,
})

async function stage(steps: string, brand?: string): Promise<Stage> {
  const made = await aStage({ ...folder(steps), brand })
  await made.receive(known)
  return made
}

async function move(made: Stage, steps: string, rules: Partial<MoveRules> = {}, head = '') {
  await made.publish(folder(steps, head))
  const begun = await beginMove(made.system.world, 'welcome', MoveRules.parse(rules))
  await made.advance('2 minutes')
  return begun
}

const running = async ({ customer }: Stage) => (await customer({ kind: 'userId', value: 'ada' }))?.profile.running
const OLD_WAIT = '  - { wait: 2 days, name: pause }\n  - send: hello'
const NEW_WAIT = '  - { wait: 5 days, name: pause }\n  - send: fresh'

describe('somebody who waits, when her journey is changed and she is moved', () => {
  it('keeps the time of her wait, and goes on with the new version', async () => {
    const made = await stage(OLD_WAIT)
    await made.receive(did('order.started'))
    await made.advance('1 day')
    await move(made, NEW_WAIT)
    expect(await running(made)).toMatchObject([{ version: 2 }])
    await made.advance('23 hours')
    expect(made.arrived()).toEqual([])
    await made.advance('1 hour')
    expect(made.arrived()).toEqual(['sms fresh'])
    await made.advance('30 days')
    expect(made.arrived()).toEqual(['sms fresh'])
    expect(made.system.machines.counts()).toMatchObject({ running: 0, failed: 0 })
  })

  it('starts her wait again, if so told', async () => {
    const made = await stage(OLD_WAIT)
    await made.receive(did('order.started'))
    await made.advance('1 day')
    await move(made, NEW_WAIT, { waits: 'restart' })
    await made.advance('4 days 23 hours')
    expect(made.arrived()).toEqual([])
    await made.advance('1 hour')
    expect(made.arrived()).toEqual(['sms fresh'])
  })

  it('stays on her version, if so told', async () => {
    const made = await stage(OLD_WAIT)
    await made.receive(did('order.started'))
    expect((await move(made, NEW_WAIT, { waits: 'leave' })).job).toBeUndefined()
    await made.advance('2 days')
    expect(made.arrived()).toEqual(['sms hello'])
  })

  it('waits for the rest of her time where the new step is no wait', async () => {
    const made = await stage(OLD_WAIT)
    await made.receive(did('order.started'))
    await move(made, '  - send: fresh', { steps: { pause: 'send-fresh' } })
    await made.advance('1 day 23 hours 50 minutes')
    expect(made.arrived()).toEqual([])
    await made.advance('10 minutes')
    expect(made.arrived()).toEqual(['sms fresh'])
  })

  it('goes on inside a path, and leaves it by the new way', async () => {
    const made = await stage(
      '  - if: { trait: plan, is: pro }\n    then: [{ wait: 1 day, name: pause }, { send: hello }]\n  - send: other',
    )
    await made.receive(did('order.started'))
    await move(
      made,
      '  - if: { trait: plan, is: free }\n    then: [{ send: late }]\n    else: [{ wait: 1 day, name: pause }, { send: fresh }]\n  - wait: 1 hour\n  - send: late',
    )
    await made.advance('1 day')
    expect(made.arrived()).toEqual(['sms fresh'])
    await made.advance('1 hour')
    expect(made.arrived()).toEqual(['sms fresh', 'sms late'])
  })

  it('goes on in the round of a repeat that she was in', async () => {
    const made = await stage('  - repeat: [{ send: hello }, { wait: 1 day, name: pause }]\n    up to: 3 times')
    await made.receive(did('order.started'))
    await made.advance('1 day')
    expect(made.arrived()).toEqual(['sms hello', 'sms hello'])
    await move(made, '  - repeat: [{ send: fresh }, { wait: 1 day, name: pause }]\n    up to: 3 times')
    await made.advance('10 days')
    expect(made.arrived()).toEqual(['sms hello', 'sms hello', 'sms fresh'])
  })
})

describe('somebody who awaits a touchpoint', () => {
  const AWAIT = (then: string, otherwise: string) =>
    `  - { await: cart.viewed, name: looks, within: 2 days, then: [{ send: ${then} }], else: [{ send: ${otherwise} }] }`

  it('listens for what is left of her time, with the new paths', async () => {
    const made = await stage(AWAIT('hello', 'late'))
    await made.receive(did('order.started'))
    await made.advance('1 day')
    await move(made, AWAIT('fresh', 'other'))
    await made.advance('22 hours')
    expect(made.arrived()).toEqual([])
    await made.advance('3 hours')
    expect(made.arrived()).toEqual(['sms other'])
  })

  it('is heard after the move', async () => {
    const made = await stage(AWAIT('hello', 'late'))
    await made.receive(did('order.started'))
    await move(made, AWAIT('fresh', 'other'))
    await made.receive(did('cart.viewed'))
    await made.advance('5 days')
    expect(made.arrived()).toEqual(['sms fresh'])
  })

  it('listens for the whole time again, if so told', async () => {
    const made = await stage(AWAIT('hello', 'late'))
    await made.receive(did('order.started'))
    await made.advance('1 day')
    await move(made, AWAIT('fresh', 'other'), { waits: 'restart' })
    await made.advance('1 day 23 hours')
    await made.receive(did('cart.viewed'))
    expect(made.arrived()).toEqual(['sms fresh'])
  })
})

describe('a move', () => {
  it('is refused where customers stand at a step without a counterpart, and moves nobody', async () => {
    const made = await stage('  - { wait: 2 days, name: gone }\n  - send: hello')
    await made.receive(did('order.started'))
    await expect(move(made, NEW_WAIT)).rejects.toMatchObject({
      code: 'journey.move-refused',
      message: expect.stringMatching(/1 customer stands at gone.*--step gone=pause/),
    })
    await made.advance('2 days')
    expect(made.arrived()).toEqual(['sms hello'])
  })

  it('lets those stay who stand at a step that is said to keep them', async () => {
    const made = await stage('  - { wait: 2 days, name: gone }\n  - send: hello')
    await made.receive(did('order.started'))
    await move(made, NEW_WAIT, { stay: ['gone'] })
    await made.advance('2 days')
    expect(made.arrived()).toEqual(['sms hello'])
  })

  it('has a plan with counts for each step', async () => {
    const made = await stage(OLD_WAIT)
    await made.receive(did('order.started'))
    await made.publish(folder(NEW_WAIT))
    const live = (await publishedJourneys(made.system.world)).get('welcome')
    const rules = MoveRules.parse({})
    expect(await planFor(made.system.world, 'welcome', live?.content.document ?? { steps: [] }, rules, 2)).toEqual({
      journey: 'welcome',
      isWhole: true,
      refused: [],
      steps: [
        { version: 1, step: 'pause', doing: 'wait 2 days', customers: 1, waiting: 1, to: 'after pause', stay: {} },
      ],
    })
  })

  it('repeats no message that went out, and sends one that was put off by the new version', async () => {
    const quiet = aBrandFile({ more: 'quiet hours: { from: "10:30", to: "13:00" }' })
    const made = await stage('  - send: hello\n  - { wait: 1 day, name: pause }\n  - send: other', quiet)
    await made.receive(did('order.started'))
    await made.publish({
      ...folder('  - send: hello\n  - { wait: 1 day, name: pause }\n  - send: fresh'),
      brand: quiet,
    })
    await beginMove(made.system.world, 'welcome', MoveRules.parse({}))
    await made.advance('5 hours')
    expect(made.arrived()).toEqual(['sms hello'])
    await made.advance('2 days')
    expect(made.arrived()).toEqual(['sms hello', 'sms fresh'])
  })

  it('repeats no message that went out and would be sent once more by the next channel', async () => {
    const send = '{ send: hello, by: [sms, push], try next after: 4 hours, unless: opened }'
    const made = await stage(`  - ${send}\n  - send: other`)
    const device = { id: 'phone', platform: 'ios', pushToken: 'token' }
    await made.receive({ ...did('app.opened'), device, consent: { offers: { push: true } } })
    await made.receive(did('order.started'))
    await made.advance('1 hour')
    expect(made.arrived()).toEqual(['sms hello'])
    await move(made, `  - ${send}\n  - send: fresh`)
    await made.advance('2 days')
    expect(made.arrived()).toEqual(['sms hello', 'push fresh'])
  })

  it('takes those along who stand still in a paused journey, and holds them on', async () => {
    const made = await stage(OLD_WAIT)
    await made.receive(did('order.started'))
    await steer(made.system.world, 'welcome', 'pause', 'ada')
    await made.advance('3 days')
    await move(made, '  - { wait: 5 days, name: pause }\n  - { send: fresh, name: send-hello }')
    expect(await running(made)).toMatchObject([{ version: 2 }])
    expect(made.arrived()).toEqual([])
    await steer(made.system.world, 'welcome', 'resume', 'ada')
    await made.advance('2 minutes')
    expect(made.arrived()).toEqual(['sms fresh'])
    expect(made.system.machines.counts()).toMatchObject({ running: 0, failed: 0 })
  })

  it('gives her the exits of the new version', async () => {
    const made = await stage(OLD_WAIT)
    await made.receive(did('order.started'))
    await move(made, NEW_WAIT, {}, 'exit: [{ when: order.completed }]')
    await made.receive(did('order.completed'))
    await made.advance('9 days')
    expect(made.arrived()).toEqual([])
  })

  it('may be followed by another', async () => {
    const made = await stage(OLD_WAIT)
    await made.receive(did('order.started'))
    await move(made, NEW_WAIT)
    await move(made, '  - { wait: 9 days, name: pause }\n  - send: late')
    expect(await running(made)).toMatchObject([{ version: 3 }])
    await made.advance('2 days')
    expect(made.arrived()).toEqual(['sms late'])
  })
})
