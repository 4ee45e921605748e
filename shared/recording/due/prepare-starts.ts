import { liveBrand } from '../../dispatches/brand-documents.ts'
import { inParallel } from '../../jobs/in-parallel.ts'
import { putStart, startInstant } from '../../journeys/entries/start-row.ts'
import type { LiveJourney } from '../../journeys/versions/live.ts'
import { loadProfile } from '../../profiles/store.ts'
import type { World } from '../../world/world.ts'

/** Customers whose rows are made at the same time. */
const AT_ONCE = 16

/**
 * Makes a row for each of these customers, due at the instant that is hers: whether she enters is decided then. What
 * was over before the journey was published is not made up for.
 */
export async function prepareStarts(
  world: Pick<World, 'table' | 'clock'>,
  { name, content, publishedAt }: LiveJourney,
  at: string,
  customers: readonly string[],
): Promise<void> {
  const brand = await liveBrand(world)
  await inParallel(customers, AT_ONCE, async (customer) => {
    const profile = await loadProfile(world, customer)
    const instant = profile && startInstant(content.document.enter, at, profile, brand)
    if (profile !== undefined && instant !== undefined && instant >= publishedAt)
      await world.table.write([putStart(profile.id, name, at, instant)])
  })
}
