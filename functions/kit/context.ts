import type { World } from '#shared/world/world.ts'
import type { Manifest } from './manifest.ts'

/** The world travels in the Lambda context; on AWS it is absent and made once, on first use. */
export interface WorldContext {
  readonly world?: World
  /** As Lambda gives it: milliseconds that are left to the function. */
  readonly getRemainingTimeInMillis?: () => number
  /** Milliseconds after which what runs on a schedule gives way to everything else, where it shares a process with it. */
  readonly turn?: number
}

let awsWorld: Promise<World> | undefined

export function worldOf(context: WorldContext | undefined, { may }: Manifest): Promise<World> | World {
  if (context?.world !== undefined) return context.world
  awsWorld ??= import('../aws/world.ts').then(({ makeWorld }) => makeWorld(may))
  return awsWorld
}
