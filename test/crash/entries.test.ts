import { afterAll, describe, expect, it } from 'vitest'
import { folderAt, record, recover } from './crash-points.ts'
import { endState } from './end-state.ts'
import type { FakeProviderOptions } from './fake-provider.ts'
import { alike, type Compare } from './promises.ts'
import { randomFrom } from './random.ts'
import { Stages, type Story } from './story.ts'

/*
 * Who is let in without a touchpoint of hers, while the process dies: after every commit and around every call through
 * a door, and a broadcast at random several times in a row. Everybody has everything once.
 */

const stages = new Stages()
afterAll(() => stages.remove())

const member = (n: number, sms = true) => ({
  id: `member-${n}`,
  type: 'customer.signed-up',
  occurredAt: '2026-03-10T09:59:00Z',
  identifiers: { phone: `+45201${10_000 + n}` },
  traits: { plan: 'pro' },
  consent: { offers: { sms } },
})

/** One at noon, and one at night, which quiet hours put off. */
function aBroadcast(members: number, provider?: FakeProviderOptions): Story {
  return {
    name: 'a broadcast',
    segments: { pros: '{ trait: plan, is: pro }' },
    journeys: {
      news: broadcast('news', '12:00'),
      night: broadcast('night', '23:30'),
    },
    messages: ['news', 'night'],
    moments: [{ at: 0, events: [...Array.from({ length: members }, (_, n) => member(n)), member(99, false)] }],
    until: 3 * 24 * 60,
    ...(provider === undefined ? {} : { provider }),
  }
}

function broadcast(name: string, time: string): string {
  return `
journey: ${name}
purpose: offers
enter: { once: "2026-03-10 ${time}", segment: pros, again: never }
goal: { when: order.completed }
steps: [{ send: ${name}, by: sms }]
`
}

async function dieEverywhere(story: Story, compare: Compare, downtime: number): Promise<void> {
  const recording = await record(story, stages, await stages.publish(story))
  for (const [n, point] of recording.points.entries()) {
    const end = await recover(story, recording, point, stages, { downtime }, endState)
    compare(
      end,
      recording.end,
      `crash ${n} of ${recording.points.length}, ${point.label}, down for ${downtime} minutes`,
    )
  }
}

/** Everybody who may have it has an outcome; what nobody knows of is shown, and not tried again. */
const neverTwice: Compare = ({ taken, dispatches, enrolments }, undisturbed, label) => {
  const states = dispatches.map(({ message, state }) => `${message} ${state}`)
  const count = (what: string): number => states.filter((state) => state === what).length
  for (const message of ['news', 'night']) {
    const arrived = taken.filter((one) => one.message === message).map(({ to }) => to)
    expect(new Set(arrived).size, label).toBe(arrived.length)
    expect(arrived.length, label).toBeGreaterThanOrEqual(count(`${message} sent`))
    expect(count(`${message} sent`) + count(`${message} uncertain`), label).toBe(2)
  }
  expect(enrolments, label).toEqual(undisturbed.enrolments)
}

describe('a broadcast whose process dies', () => {
  it.each([0, 20])(
    'ends alike wherever that is, down for %i minutes',
    (downtime) => dieEverywhere(aBroadcast(2), alike, downtime),
    120_000,
  )

  it(
    'reaches nobody twice by a provider that cannot be asked',
    () => dieEverywhere(aBroadcast(2, { idempotency: 'tags' }), neverTwice, 0),
    120_000,
  )

  it.each([1, 2, 3, 4, 5, 6])(
    'reaches everybody once, however often it dies (%i)',
    async (seed) => {
      const random = randomFrom(seed)
      const story = aBroadcast(40)
      let recording = await record(story, stages, await stages.publish(story))
      const undisturbed = recording.end
      for (let deaths = 0; deaths < 5; deaths++) {
        const point = recording.points[Math.floor(random() * recording.points.length)]
        if (point === undefined) break
        recording = await record(story, stages, folderAt(recording, point, stages), point)
        alike(recording.end, undisturbed, `seed ${seed}, death ${deaths}, ${point.label}`)
        const reached = recording.end.outbox.map(({ to, content }) => `${content} ${to}`)
        expect(new Set(reached).size).toBe(80)
        expect(reached).toHaveLength(80)
      }
    },
    120_000,
  )
})

/** A schedule, a date, a pace, and those who are in a segment already. */
const aCalendar: Story = {
  name: 'a calendar',
  segments: { pros: '{ trait: plan, is: pro }' },
  journeys: {
    weekly: entered('weekly', '{ schedule: "0 12 * * *", segment: pros }'),
    visit: entered('visit', '{ date: visitOn, at: "13:00" }'),
    win: entered('win', '{ joins segment: pros, existing: include, pace: 60 per hour }'),
  },
  messages: ['weekly', 'visit', 'win'],
  moments: [{ at: 1, events: [1, 2].map((n) => ({ ...joined(n), traits: { plan: 'pro', visitOn: '2026-03-11' } })) }],
  until: 28 * 60,
}

/** A minute after everything was published. */
function joined(n: number) {
  return { ...member(n), occurredAt: '2026-03-10T10:01:00Z' }
}

function entered(name: string, enter: string): string {
  return `\njourney: ${name}\npurpose: service\nenter: ${enter}\nsteps: [{ send: ${name}, by: sms }]\n`
}

describe('a calendar whose process dies', () => {
  it('ends alike wherever that is', () => dieEverywhere(aCalendar, alike, 0), 240_000)
})
