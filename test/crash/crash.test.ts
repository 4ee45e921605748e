import { afterAll, describe, expect, it } from 'vitest'
import { record, recover } from './crash-points.ts'
import type { EndState } from './end-state.ts'
import { perhapsSent, stories, surelySent } from './stories.ts'
import { Stages, type Story } from './story.ts'

/*
 * The process dies at every moment at which the disk or the outside would be left otherwise: after every commit, and
 * around every call through a door. Opened again, the system must come to the same end as if nothing had happened.
 */

const stages = new Stages()
afterAll(() => stages.remove())

type Compare = (end: EndState, undisturbed: EndState, label: string) => void

/** A quick restart, one after which senders repeat themselves, and one after every lease has run out. */
const RECOVERIES = [{}, { resend: true }, { downtime: 20 }]

async function dieEverywhere(story: Story, compare: Compare): Promise<void> {
  const recording = await record(story, stages, await stages.publish(story))
  expect(recording.points.length).toBeGreaterThan(10)
  for (const recovery of RECOVERIES)
    for (const [n, point] of recording.points.entries()) {
      const end = await recover(story, recording, point, stages, recovery)
      compare(
        end,
        recording.end,
        `crash ${n} of ${recording.points.length}, ${point.label}, ${JSON.stringify(recovery)}`,
      )
    }
}

const alike: Compare = (end, undisturbed, label) => expect(withoutHolds(end), label).toEqual(withoutHolds(undisturbed))

describe.each([...stories, ...surelySent])('$name', (story) => {
  it('ends alike wherever the process dies', () => dieEverywhere(story, alike), 60_000)
})

describe.each(perhapsSent)('$name', (story) => {
  it(
    'never repeats marketing, never loses a service message, and shows what is not known',
    () => dieEverywhere(story, honest),
    60_000,
  )
})

/** How often a message was put off depends on how often it was tried. */
function withoutHolds({ counters, ...rest }: EndState) {
  const isOther = ([name]: readonly [string, unknown]): boolean => !name.startsWith('held')
  const days = Object.entries(counters).map(([day, sums]) => [
    day,
    Object.fromEntries(Object.entries(sums as object).filter(isOther)),
  ])
  return { ...rest, counters: Object.fromEntries(days) }
}

/** What is not about whether a message was sent is alike; about that, the promise is kept. */
const honest: Compare = (end, undisturbed, label) => {
  const others = ({ dispatches: _, taken: _taken, counters: _counters, timeline, ...rest }: EndState) => ({
    ...rest,
    timeline: timeline.filter(({ type }) => type !== 'message.delivered'),
  })
  expect(others(end), label).toEqual(others(undisturbed))
  for (const { message, purpose, state } of end.dispatches) {
    const times = end.taken.filter((one) => one.message === message).length
    const said = `${label}: ${message} is ${state} and arrived ${times} times`
    if (purpose === 'service')
      expect([state, times], said).toSatisfy(() => state === 'sent' && times >= 1 && times <= 2)
    else
      expect([state, times], said).toSatisfy(() =>
        state === 'uncertain' ? times <= 1 : state === 'sent' && times === 1,
      )
  }
}
