import { describe, it } from 'vitest'
import { Unavailable } from '#shared/errors/errors.ts'
import { endState } from './end-state.ts'
import { alike, type Compare, honest } from './promises.ts'
import { steeredStories } from './steered-stories.ts'
import { perhapsSent, stories, surelySent } from './stories.ts'
import { type Story, stage, tell } from './story.ts'
import { type Watcher, watchedWorld } from './watched-world.ts'

/*
 * A door fails once, while the process lives on: the store is away, or its answer is lost after the effect. Whatever
 * call it hits, the system must come to the same end.
 */

/** Which calls fail, one in each run, and when. */
interface Faults {
  readonly when: 'before' | 'after'
  readonly reads: boolean
}

/** When the answer to one of these is lost, nothing has happened: as if the door had been closed. */
const READS = /^table\.(get|getMany|query|queryIndex|scan) /

/** Tells a story while the n-th of these calls, from 0, fails. */
async function run(story: Story, { when, reads }: Faults, n?: number) {
  let calls = 0
  let label = ''
  let isOn = false
  const watcher: Watcher = async (call, effect) => {
    if (!isOn || (!reads && READS.test(call)) || calls++ !== n) return effect()
    label = call
    if (when === 'before') throw new Unavailable('test.fault', 'The door is closed.')
    await effect()
    // A provider that says Unavailable promises not to have taken the message.
    throw call.startsWith('provider')
      ? new Error('The answer was lost.')
      : new Unavailable('test.fault', 'The answer was lost.')
  }
  const telling = await stage(story, { wrapWorld: (world) => watchedWorld(world, watcher) })
  isOn = true
  await tell(story, telling)
  isOn = false
  const end = await endState(telling)
  await telling.system.stop()
  return { end, calls, label }
}

async function failEverywhere(story: Story, faults: Faults, compare: Compare): Promise<void> {
  const { end: undisturbed, calls } = await run(story, faults)
  for (let n = 0; n < calls; n++) {
    const { end, label } = await run(story, faults, n)
    compare(end, undisturbed, `call ${n} of ${calls}, ${faults.when} ${label}`)
  }
}

const CLOSED = { when: 'before', reads: true } as const
const CLOSED_TO_WRITES = { when: 'before', reads: false } as const
const ANSWER_LOST = { when: 'after', reads: false } as const

describe.each([...stories, ...surelySent, ...steeredStories])('$name', (story) => {
  it('ends alike whichever door is closed', () => failEverywhere(story, CLOSED, alike), 60_000)
  it('ends alike whichever answer is lost', () => failEverywhere(story, ANSWER_LOST, alike), 60_000)
})

describe.each(perhapsSent)('$name', (story) => {
  it('keeps its promises whichever door is closed', () => failEverywhere(story, CLOSED_TO_WRITES, honest), 60_000)
  it('keeps its promises whichever answer is lost', () => failEverywhere(story, ANSWER_LOST, honest), 60_000)
})
