import { liveBrand } from '../dispatches/brand-documents.ts'
import { dayBegins } from '../journeys/entries/date-entry.ts'
import { putStart, startInstant } from '../journeys/entries/start-row.ts'
import { type LiveJourney, liveJourneys } from '../journeys/versions/live.ts'
import type { Profile } from '../profiles/profile.ts'
import { HOUR, MINUTE } from '../time/duration.ts'
import { addDays } from '../time/local-moment.ts'
import type { Write } from '../world/table.ts'
import type { World } from '../world/world.ts'

/** The job of a day may have looked already, or be looking now, at an index that does not show her yet. */
const MAY_HAVE_LOOKED = 10 * MINUTE

/**
 * The rows of a customer whose date changes on the very day that it brings her into a journey: the job of that day may
 * have passed her by.
 */
export async function comingStarts(
  world: Pick<World, 'table' | 'clock'>,
  before: Profile,
  after: Profile,
): Promise<readonly Write[]> {
  if (before.traits === after.traits) return []
  const live = [...(await liveJourneys(world)).values()].filter((journey) => asksForChanged(journey, before, after))
  if (live.length === 0) return []
  const brand = await liveBrand(world)
  const now = world.clock.now()
  return live.flatMap(({ name, content }) =>
    daysUnderWay(now).flatMap((day) => {
      const instant = startInstant(content.document.enter, day, after, brand)
      return instant !== undefined && instant >= now ? [putStart(after.id, name, day, instant)] : []
    }),
  )
}

function asksForChanged({ content }: LiveJourney, before: Profile, after: Profile): boolean {
  const { on } = content.document.enter
  return on.kind === 'date' && before.traits[on.trait]?.[0] !== after.traits[on.trait]?.[0]
}

/** The days that have begun somewhere, and not ended everywhere. */
function daysUnderWay(now: number): readonly string[] {
  const first = new Date(now - 12 * HOUR).toISOString().slice(0, 10)
  return [0, 1, 2].map((days) => addDays(first, days)).filter((day) => dayBegins(day) - MAY_HAVE_LOOKED <= now)
}
