import { drain } from '../journeys/runs/drain.ts'
import { customerPartition, loadProfile } from '../profiles/store.ts'
import { readTimelineItem, timelineKey } from '../profiles/timeline-row.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { World } from '../world/world.ts'

/**
 * A touchpoint that came again may have been committed by somebody who then died: what it left to be done is done now.
 * Its row may stand with a customer that has been merged since.
 */
export async function drainDuplicate(
  world: Pick<World, 'table' | 'machines'>,
  customer: string,
  touchpoint: Touchpoint,
): Promise<void> {
  const profile = await loadProfile(world, customer)
  for (const home of [customer, ...(profile?.aliases ?? [])]) {
    const item = await world.table.get(timelineKey(home, touchpoint))
    if (item === undefined) continue
    for (const sk of readTimelineItem(item).effects ?? []) await drain(world, { pk: customerPartition(home), sk })
    return
  }
}
