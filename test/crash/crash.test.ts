import { afterAll, describe, expect, it } from 'vitest'
import { record, recover } from './crash-points.ts'
import { stories } from './stories.ts'
import { Stages } from './story.ts'

/*
 * The process dies at every moment at which the disk or the outside would be left otherwise: after every commit, and
 * around every call through a door. Opened again, the system must come to the same end as if nothing had happened.
 */

const stages = new Stages()
afterAll(() => stages.remove())

describe.each(stories)('$name', (story) => {
  it('ends alike wherever the process dies', async () => {
    const recording = await record(story, stages, await stages.publish(story))
    console.log(story.name, recording.points.length, JSON.stringify(recording.end, null, 1))
    const t = performance.now()
    for (const [n, point] of recording.points.entries()) {
      const end = await recover(story, recording, point, stages, false)
      expect(end, `after crash ${n} of ${recording.points.length}, ${point.label}`).toEqual(recording.end)
    }
    console.log('ms', performance.now() - t)
  }, 60_000)
})
