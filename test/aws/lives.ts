import { steer } from '#shared/journeys/versions/steer.ts'
import { receiveEvents } from '#shared/recording/doors/receive-events.ts'
import { aReceiver } from '#test/builders/a-receiver.ts'
import { aBrandFile } from '#test/builders/a-system.ts'
import type { AwsStage, StageOptions } from './an-aws-stage.ts'
import { DEVICES } from './devices.ts'

/*
 * What the stories do not tell: what each kind of step can make happen, each kind of sender and of broadcast, what meets
 * by chance, and what goes wrong.
 */

/** Something that happens on stages of its own. */
export interface Life {
  readonly name: string
  readonly live: (open: (options: StageOptions) => Promise<AwsStage>) => Promise<void>
}

const identifiers = { userId: 'ada' }

const signedUp = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, email: 'ada@example.org', phone: '+4520123456' },
  device: DEVICES[0],
  traits: { plan: 'pro' },
  consent: { offers: { email: true, sms: true, push: true } },
}
const ordered = { type: 'order.completed', identifiers, properties: { order_id: 'o1' } }

const journey = (name: string, enter: string, steps: string): string =>
  `journey: ${name}\npurpose: offers\nenter: ${enter}\nsteps: ${steps}\n`
const onOrder = (steps: string) => ({ tried: journey('tried', '{ when: order.completed }', steps) })

interface Stepping extends StageOptions {
  /** The touchpoint that the step makes. */
  readonly type: string
  /** How a journey is begun by it. */
  readonly enter?: string
}

/** A step whose touchpoint begins one journey, and lets another go on. */
const stepWith = (name: string, step: string, { type, enter = `{ when: ${type} }`, ...more }: Stepping): Life => ({
  name,
  live: async (open) => {
    const { receive, advance } = await open({
      ...more,
      journeys: {
        ...onOrder(`[${step}]`),
        begun: journey('begun', enter, '[{ exit: begun }]'),
        waiting: journey(
          'waiting',
          '{ when: order.begun }',
          `[{ await: ${type}, within: 2 days, then: [{ exit: woken }] }]`,
        ),
      },
    })
    await receive(signedUp)
    await receive({ type: 'order.begun', identifiers })
    await receive(ordered)
    await advance('3 days')
  },
})

const textsFrom = (sender: string): Life => ({
  name: `a text comes from ${sender}`,
  live: async (open) => {
    const { receive } = await open({
      journeys: onOrder('[{ send: hello, by: sms }]'),
      messages: ['hello'],
      forms: ['sms'],
      brand: aBrandFile().replace('from: Kaffi', `from: "${sender}"`),
    })
    await receive(signedUp)
    await receive(ordered)
  },
})

/** Somebody for each kind of device. */
const everybody = DEVICES.map((device, n) => ({
  ...signedUp,
  identifiers: { userId: device.id, email: `${device.id}@example.org`, phone: `+45201234${10 + n}` },
  device,
}))

const sentBy = (channel: string): Life => ({
  name: `a journey and a broadcast write by ${channel}`,
  live: async (open) => {
    const { receive, advance } = await open({
      journeys: {
        news: journey('news', '{ once: "2026-03-10 15:00", segment: pros }', `[{ send: hello, by: ${channel} }]`),
        greeting: journey('greeting', '{ when: customer.signed-up }', `[{ send: hello, by: ${channel} }]`),
      },
      segments: { pros: '{ trait: plan, is: pro }' },
      messages: ['hello'],
    })
    await receive(...everybody)
    await advance('1 day')
  },
})

/** Something that happens between a state of a machine and the function that it calls. */
const meanwhile = (
  name: string,
  {
    task,
    happens,
    journeys,
  }: {
    readonly task: string
    readonly happens: (stage: AwsStage) => Promise<unknown>
    readonly journeys: StageOptions['journeys']
  },
  before: (stage: AwsStage) => Promise<unknown> = async () => {},
): Life => ({
  name,
  live: async (open) => {
    let stage: AwsStage | undefined
    stage = await open({
      journeys,
      aroundTask: async ({ functionName }, world, run) => {
        if (functionName === task && stage !== undefined) await happens(stage)
        return run(world)
      },
    })
    await stage.receive(signedUp)
    await stage.receive(ordered)
    await before(stage)
    await stage.advance('1 day')
  },
})

const praise = { id: 'praised', source: 'a shop', detail: { id: 'praised', type: 'order.praised', identifiers } }

export const lives: readonly Life[] = [
  stepWith('a step emits', '{ emit: order.praised }', { type: 'order.praised' }),
  stepWith('a step starts another journey', '{ start: begun }', { type: 'journey.started', enter: '{ api: yes }' }),
  stepWith('a step hands over', '{ hand over: care, within: 1 day }', { type: 'conversation.opened' }),
  stepWith('a step updates her', '{ update: { add: { orders: "1" } } }', {
    type: 'segment.joined',
    enter: '{ joins segment: big }',
    segments: { big: '{ trait: orders, at least: 1 }' },
  }),
  textsFrom('+4570123456'),
  textsFrom('Kaffi'),
  sentBy('email'),
  sentBy('sms'),
  sentBy('push'),
  {
    name: 'a step calls a webhook',
    live: async (open) => {
      const { url, stop } = await aReceiver()
      const { receive } = await open({ journeys: onOrder(`[{ webhook: "${url}" }]`), localWebhooks: true })
      await receive(signedUp)
      await receive(ordered)
      await stop()
    },
  },
  meanwhile('what is awaited comes before the wait begins', {
    task: 'await-touchpoint',
    happens: ({ system }) =>
      receiveEvents([{ messageId: '1', body: praise, sentAt: system.clock.now() }], system.world),
    journeys: onOrder('[{ update: { set: { asked: "yes" } } }, { await: order.praised, within: 1 hour }]'),
  }),
  meanwhile(
    'a journey is resumed while a run of it comes to stand still',
    {
      task: 'park-run',
      happens: ({ system }) => steer(system.world, 'tried', 'resume', 'ops'),
      journeys: onOrder('[{ wait: 1 hour }, { update: { set: { asked: "yes" } } }]'),
    },
    ({ system }) => steer(system.world, 'tried', 'pause', 'ops'),
  ),
  {
    name: 'events cannot be read',
    live: async (open) => {
      const { system, tellDefaultBus, advance } = await open({})
      await system.world.bus.publish([{ source: 'a shop', detailType: 'nothing', detail: { id: 'bad' } }])
      tellDefaultBus({ source: 'aws.unknown' })
      await advance('1 minute')
    },
  },
  {
    name: 'changes come twice',
    live: async (open) => {
      const { receive, changesComeAgain, advance } = await open({})
      await receive(signedUp)
      changesComeAgain()
      await advance('1 minute')
    },
  },
]
