import type { World } from '#shared/world/world.ts'
import { chain, type Handler } from './chain.ts'
import type { Manifest, Trigger } from './manifest.ts'

/** A function that runs at a fixed rate. */
export function onSchedule(
  manifest: Manifest<Extract<Trigger, { on: 'schedule' }>>,
  work: (world: World) => Promise<void>,
): Handler<unknown, void> {
  return chain(manifest, (_event: unknown, world) => work(world))
}
