import type { World } from '#shared/world/world.ts'
import { chain, type Handler } from './chain.ts'
import type { Manifest, Trigger } from './manifest.ts'

/** What is begun late must still find the time to end. */
const SHARE_TO_BEGIN_IN = 0.6

/** A function that runs at a fixed rate; it begins nothing more after `untilAt`. */
export function onSchedule<Result>(
  manifest: Manifest<Extract<Trigger, { on: 'schedule' }>>,
  work: (world: World, untilAt: number) => Promise<Result>,
): Handler<unknown, Result> {
  return chain(manifest, (_event: unknown, world, context) => {
    const left = context.getRemainingTimeInMillis?.() ?? manifest.timeoutSeconds * 1_000
    return work(world, world.clock.now() + (context.turn ?? left * SHARE_TO_BEGIN_IN))
  })
}
