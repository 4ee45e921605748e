import type { World } from '#shared/world/world.ts'

/** The world travels in the Lambda context; on AWS it is absent and made once, on first use. */
export interface WorldContext {
  readonly world?: World
}

let awsWorld: Promise<World> | undefined

export function worldOf(context: WorldContext | undefined): Promise<World> | World {
  if (context?.world !== undefined) return context.world
  awsWorld ??= import('../aws/world.ts').then(({ makeWorld }) => makeWorld())
  return awsWorld
}
