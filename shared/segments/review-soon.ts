import { reviewSoonItem } from '../profiles/customer-index.ts'
import type { Write } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { liveSegments } from './live-segments.ts'

/** What changed without a touchpoint. */
interface Changed {
  /** A message went out to her. */
  readonly message?: string | undefined
  /** An address of hers turned out to be none. */
  readonly reachable?: true
}

/** The row by which her memberships are looked at right away, where a segment asks about what changed. */
export async function reviewSoon(
  world: Pick<World, 'table' | 'clock'>,
  customer: string,
  { message, reachable }: Changed,
): Promise<readonly Write[]> {
  const { ordered } = await liveSegments(world)
  const isAsked = ordered.some(
    ({ needs }) => (reachable === true && needs.reachable) || needs.messages.some((asked) => asked.message === message),
  )
  return isAsked ? [{ put: reviewSoonItem(customer, world.clock.now()) }] : []
}
