import type * as z from 'zod'
import { InvalidInput } from '#shared/errors/errors.ts'
import { holdWhilePaused } from '#shared/journeys/versions/control.ts'
import type { World } from '#shared/world/world.ts'
import { chain, type Handler } from './chain.ts'
import type { Manifest, Trigger } from './manifest.ts'

/**
 * A function that a journey's machine calls; its input is checked, its answer becomes the state's result. While the
 * journey is paused it does nothing, and says so.
 */
export function onTask<S extends z.ZodType, Result>(
  manifest: Manifest<Extract<Trigger, { on: 'task' }>>,
  input: S,
  work: (input: z.output<S>, world: World) => Promise<Result>,
): Handler<unknown, Result> {
  return chain(manifest, async (event: unknown, world) => {
    await holdWhilePaused(world, event)
    const parsed = input.safeParse(event)
    if (parsed.success) return work(parsed.data, world)
    const places = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
    throw new InvalidInput(
      'task.bad-input',
      `The machine handed ${manifest.name} something it does not take: ${places}`,
    )
  })
}
