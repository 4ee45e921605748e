import { compileMoved } from '#shared/journeys/compile.ts'
import { standingRuns } from '#shared/journeys/runs/open-runs.ts'
import { publishedJourneys } from '#shared/journeys/versions/live.ts'
import { MoveRules } from '#shared/journeys/versions/move-plan.ts'
import { moveRun } from '#shared/journeys/versions/move-run.ts'
import { type Steering, steer } from '#shared/journeys/versions/steer.ts'
import type { World } from '#shared/world/world.ts'
import { publishTo } from '#test/builders/a-system.ts'
import type { Moment, Story } from './story.ts'

const HOUR = 60
const DAY = 24 * HOUR

const ADA = { userId: 'ada' }

const begin = {
  at: 0,
  events: [
    {
      id: 'signed-up',
      type: 'customer.signed-up',
      identifiers: { ...ADA, phone: '+4520123456' },
      consent: { offers: { sms: true } },
    },
    { id: 'started', type: 'order.started', identifiers: ADA },
  ],
}

const seen = (at: number): Moment => ({
  at,
  events: [
    {
      id: 'viewed',
      type: 'cart.viewed',
      identifiers: ADA,
      occurredAt: new Date(Date.parse('2026-03-10T10:00:00Z') + at * 60_000).toISOString(),
    },
  ],
})

const journey = (steps: string): Story['journeys'] => ({
  welcome: `journey: welcome\npurpose: offers\nenter: { when: order.started }\nsteps:\n${steps}\n`,
})

const steered = (at: number, steering: Steering): Moment => ({
  at,
  events: [],
  act: async (world) => {
    await steer(world, 'welcome', steering, 'ada')
  },
})

const STEPS = `  - { wait: 1 hour, name: pause }
  - { send: hello, by: sms }
  - { await: cart.viewed, name: looks, within: 2 days, then: [{ send: came, by: sms }], else: [{ send: late, by: sms }] }`

const MESSAGES = ['hello', 'came', 'late']

const aJourneyPaused: Story = {
  name: 'paused and resumed while somebody is in it',
  journeys: journey(STEPS),
  messages: MESSAGES,
  moments: [begin, steered(30, 'pause'), steered(2 * HOUR, 'resume'), seen(4 * HOUR)],
  until: 4 * DAY,
}

const NEW_STEPS = `  - { wait: 3 hours, name: pause }
  - { send: hello, by: sms }
  - { await: cart.viewed, name: looks, within: 1 day, then: [{ send: came, by: sms }, { send: late, by: sms }] }`

/** What the job of a move does to everybody, without its pages. */
const moveTo =
  (steps: string) =>
  async (world: World): Promise<void> => {
    await publishTo(world, { journeys: journey(steps), messages: MESSAGES })
    const version = (await publishedJourneys(world)).get('welcome')
    if (version === undefined) throw new Error('The journey is not published.')
    const { machine } = await world.machines.publish('welcome', compileMoved(version.content.document))
    const { runs } = await standingRuns(world, 'welcome')
    for (const { enrolment } of runs) await moveRun(world, enrolment, { version, machine, rules: MoveRules.parse({}) })
  }

const moved = (name: string, at: number): Story => ({
  name,
  journeys: journey(STEPS),
  messages: MESSAGES,
  moments: [begin, { at, events: [], act: moveTo(NEW_STEPS) }, seen(5 * HOUR)],
  until: 4 * DAY,
})

export const steeredStories = [
  aJourneyPaused,
  moved('in a wait, somebody is moved to a new version', 30),
  moved('in an await, somebody is moved to a new version', 2 * HOUR),
]
