import { afterAll, describe, expect, it } from 'vitest'
import { folderAt, type Recovery, record, recover } from './crash-points.ts'
import { endState } from './end-state.ts'
import { alike, type Compare, honest } from './promises.ts'
import { randomFrom } from './random.ts'
import { segmentStories } from './segment-stories.ts'
import { steeredStories } from './steered-stories.ts'
import { perhapsSent, stories, surelySent } from './stories.ts'
import { Stages, type Story } from './story.ts'

/*
 * The process dies at every moment at which the disk or the outside would be left otherwise: after every commit, and
 * around every call through a door. Opened again, the system must come to the same end as if nothing had happened.
 */

const stages = new Stages()
afterAll(() => stages.remove())

/** Opened at once, and after every lease and every time limit of a task has run out. */
const SOON_OR_LATE: readonly Recovery[] = [{}, { downtime: 20 }]

async function dieEverywhere(story: Story, compare: Compare, recoveries = SOON_OR_LATE): Promise<void> {
  const recording = await record(story, stages, await stages.publish(story))
  expect(recording.points.length).toBeGreaterThan(10)
  for (const recovery of recoveries)
    for (const [n, point] of recording.points.entries()) {
      const end = await recover(story, recording, point, stages, recovery, endState)
      const label = `crash ${n} of ${recording.points.length}, ${point.label}, ${JSON.stringify(recovery)}`
      compare(end, recording.end, label)
    }
}

/** Dies at every third moment, and once more at a random moment of going on. */
async function dieTwice(story: Story, compare: Compare): Promise<void> {
  const random = randomFrom(7)
  const first = await record(story, stages, await stages.publish(story))
  for (let n = 0; n < first.points.length; n += 3) {
    const point = first.points[n]
    if (point === undefined) continue
    const second = await record(story, stages, folderAt(first, point, stages), point)
    const m = Math.floor(random() * second.points.length)
    const again = second.points[m]
    if (again === undefined) continue
    const end = await recover(story, second, again, stages, {}, endState)
    compare(end, first.end, `crash ${n}, ${point.label}, and then ${m} of ${second.points.length}, ${again.label}`)
  }
}

describe.each([...stories, ...surelySent, ...steeredStories, ...segmentStories])('$name', (story) => {
  it('ends alike wherever the process dies', () => dieEverywhere(story, alike), 60_000)
})

describe.each(stories)('$name', (story) => {
  it('ends alike when senders repeat what was answered', () => dieEverywhere(story, alike, [{ resend: true }]), 60_000)
  it('ends alike when the process dies again', () => dieTwice(story, alike), 60_000)
})

describe.each(perhapsSent)('$name', (story) => {
  it(
    'never repeats marketing, never loses a service message, and shows what is not known',
    () => dieEverywhere(story, honest),
    60_000,
  )
})
