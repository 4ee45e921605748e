import middy from '@middy/core'
import { describeError, isNamed } from '#shared/errors/errors.ts'
import type { World } from '#shared/world/world.ts'
import { type WorldContext, worldOf } from './context.ts'
import type { Manifest } from './manifest.ts'

/** What runs a function: the event, and the world in the context. */
export type Handler<Event, Result> = (event: Event, context: WorldContext) => Promise<Result>

/**
 * The chain that every function runs in: it finds the world, and logs what is thrown once, with ids only, before the
 * platform sees it.
 */
export function chain<Event, Result>(
  manifest: Manifest,
  work: (event: Event, world: World, context: WorldContext) => Promise<Result>,
): Handler<Event, Result> {
  const handler = middy<Event, Result>()
    .onError(async ({ error, context }) => {
      if (isNamed(error, 'Left') || isNamed(error, 'Paused')) return
      const { log } = await worldOf(context as WorldContext, manifest)
      log.error('function failed', { function: manifest.name, ...describeError(error) })
    })
    .handler(async (event, context) =>
      work(event as Event, await worldOf(context as WorldContext, manifest), context as WorldContext),
    )
  return handler as unknown as Handler<Event, Result>
}
