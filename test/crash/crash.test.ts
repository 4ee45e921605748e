import { afterAll, describe, expect, it } from 'vitest'
import { type Recovery, record, recover } from './crash-points.ts'
import { alike, type Compare, honest } from './promises.ts'
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
      const end = await recover(story, recording, point, stages, recovery)
      const label = `crash ${n} of ${recording.points.length}, ${point.label}, ${JSON.stringify(recovery)}`
      compare(end, recording.end, label)
    }
}

describe.each([...stories, ...surelySent])('$name', (story) => {
  it('ends alike wherever the process dies', () => dieEverywhere(story, alike), 60_000)
})

describe.each(stories)('$name', (story) => {
  it('ends alike when senders repeat what was answered', () => dieEverywhere(story, alike, [{ resend: true }]), 60_000)
})

describe.each(perhapsSent)('$name', (story) => {
  it(
    'never repeats marketing, never loses a service message, and shows what is not known',
    () => dieEverywhere(story, honest),
    60_000,
  )
})
