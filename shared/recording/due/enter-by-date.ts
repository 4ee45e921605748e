import { surely } from '../../documents/fresh.ts'
import type { PageWork } from '../../jobs/job.ts'
import { type DateEntry, datesFor } from '../../journeys/entries/date-entry.ts'
import { DAY_PARTS, type DayEntry } from '../../journeys/entries/entry-clocks.ts'
import { type LiveJourney, liveJourneys } from '../../journeys/versions/live.ts'
import { DATE_SHARDS, datePage } from '../../profiles/date-rows.ts'
import type { SweepWorld } from './job-works.ts'
import { prepareStarts } from './prepare-starts.ts'

const PAGE = 50

/** Finds the customers whose date brings them into a journey on a day. */
export function enterByDateWork(world: SweepWorld): PageWork {
  return async ({ input, shard, cursor }) => {
    const { journey: name, day } = input as DayEntry // as `datesWork` made it
    const journey = await surely(world, async () => (await liveJourneys(world)).get(name))
    const on = journey?.content.document.enter.on
    if (journey === undefined || on?.kind !== 'date') return { handled: 0 }
    return preparePage(world, { journey, day, places: placesOf(on, day, shard) }, cursor)
  }
}

interface Search {
  readonly journey: LiveJourney
  readonly day: string
  readonly places: readonly DatePlace[]
}

/** Most places are empty, so one page goes through many of them. */
async function preparePage(world: SweepWorld, { journey, day, places }: Search, cursor = '0:'): ReturnType<PageWork> {
  const [, from = '0', after = ''] = /^(\d+):(.*)$/s.exec(cursor) ?? []
  let [at, rest, handled] = [Number(from), after, 0]
  for (let place = places[at]; place !== undefined && handled < PAGE; place = places[at]) {
    const page = await datePage(world.table, place, place.shard, rest === '' ? undefined : rest, PAGE)
    await prepareStarts(world, journey, day, page.customers)
    handled += page.customers.length
    rest = page.cursor ?? ''
    if (rest === '') at += 1
  }
  return places[at] === undefined ? { handled } : { handled, cursor: `${at}:${rest}` }
}

interface DatePlace {
  readonly trait: string
  readonly day: string
  readonly shard: number
}

/** Where in the index this part of the day's work finds customers. */
function placesOf(on: DateEntry, day: string, part: number): readonly DatePlace[] {
  const shards = Array.from({ length: DATE_SHARDS / DAY_PARTS }, (_, n) => part + n * DAY_PARTS)
  return datesFor(on, day).flatMap((date) => shards.map((shard) => ({ trait: on.trait, day: date, shard })))
}
