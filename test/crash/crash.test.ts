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

async function dieEverywhere(story: Story, compare: Compare, resend = false): Promise<void> {
  const recording = await record(story, stages, await stages.publish(story))
  expect(recording.points.length).toBeGreaterThan(15)
  for (const [n, point] of recording.points.entries()) {
    const end = await recover(story, recording, point, stages, resend)
    compare(end, recording.end, `after crash ${n} of ${recording.points.length}, ${point.label}`)
  }
}

const alike: Compare = (end, undisturbed, label) => expect(end, label).toEqual(undisturbed)

describe.each(stories)('$name', (story) => {
  it('ends alike wherever the process dies', () => dieEverywhere(story, alike), 60_000)
  it('ends alike also when the sender repeats what was answered', () => dieEverywhere(story, alike, true), 60_000)
})

describe.each(surelySent)('$name', (story) => {
  it('ends alike wherever the process dies', () => dieEverywhere(story, alike), 60_000)
})

describe.each(perhapsSent)('$name', (story) => {
  it('never repeats marketing, never loses a service message, and shows what is not known', () => dieEverywhere(story, honest), 60_000)
})

/** What is not about whether a message was sent is alike; about that, the promise is kept. */
const honest: Compare = (end, undisturbed, label) => {
  const others = ({ dispatches: _, taken: _taken, counters: _counters, ...rest }: EndState) => rest
  expect(others(end), label).toEqual(others(undisturbed))
  for (const { message, purpose, state } of end.dispatches) {
    const times = end.taken.filter((one) => one.message === message).length
    const said = `${label}: ${message} is ${state} and arrived ${times} times`
    if (purpose === 'service') expect([state, times], said).toSatisfy(() => state === 'sent' && times >= 1 && times <= 2)
    else expect([state, times], said).toSatisfy(() => (state === 'uncertain' ? times <= 1 : state === 'sent' && times === 1))
  }
}
