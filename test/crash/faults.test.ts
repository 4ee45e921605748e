import { describe, expect, it } from 'vitest'
import { Unavailable } from '#shared/errors/errors.ts'
import { endState } from './end-state.ts'
import { stories } from './stories.ts'
import { type Story, stage, tell } from './story.ts'
import { type Watcher, watchedWorld } from './watched-world.ts'

/*
 * A door fails once, while the process lives on: the store is away, or its answer is lost after the effect. Whatever
 * call it hits, the system must come to the same end.
 */

type When = 'before' | 'after'

/** Tells a story while the n-th call through a door, from 0, fails. */
async function run(story: Story, when?: When, n?: number) {
  let calls = 0
  let label = ''
  let isOn = false
  const watcher: Watcher = async (call, effect) => {
    if (!isOn || calls++ !== n) return effect()
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

function diff(a: any, b: any, path = ''): string[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return []
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return [`${path}: ${JSON.stringify(a)} for ${JSON.stringify(b)}`]
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].flatMap((k) => diff(a[k], b[k], `${path}/${k}`))
}
describe.each(stories)('$name', (story) => {
  it.each(['before', 'after'] as const)(
    'ends alike whichever call fails %s its effect',
    async (when) => {
      const { end: expected, calls } = await run(story)
      const bad: string[] = []
      const t = performance.now()
      for (let n = 0; n < calls; n++) {
        const { end, label } = await run(story, when, n)
        const d = diff(end, expected)
        if (d.length > 0) bad.push(`call ${n} of ${calls}, ${when} ${label}`, ...d)
      }
      console.log(calls, performance.now() - t, bad.length, bad.join('\n'))
      expect(1).toBe(1)
    },
    60_000,
  )
})
