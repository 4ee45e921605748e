import { createHash } from 'node:crypto'
import { liveBrand } from '../../dispatches/brand-documents.ts'
import { surely } from '../../documents/fresh.ts'
import { beginJob, type Job, type JobShard, type PageDone, type PageWork } from '../../jobs/job.ts'
import { nextCron } from '../../time/cron.ts'
import { DAY } from '../../time/duration.ts'
import { addDays } from '../../time/local-moment.ts'
import type { World } from '../../world/world.ts'
import { journeyControls, stateOf } from '../versions/control.ts'
import { journeyVersion, type LiveJourney, publishedJourneys } from '../versions/live.ts'
import { type DateEntry, dayBegins } from './date-entry.ts'
import { type EntryClock, segmentJob } from './entry-jobs.ts'

type ClockWorld = Pick<World, 'table' | 'clock'>

/**
 * Begins a job at each time of a journey's schedule. Of times that nobody was there for, only the last is made up for; those
 * before a later version was published are still this one's.
 */
export function scheduleWork(world: ClockWorld): PageWork {
  return async (shard) => {
    const { journey: name, version, first } = inputOf(shard)
    const own = (await journeyOf(world, shard)) ?? (await journeyVersion(world, name, version))
    const live = (await publishedJourneys(world)).get(name) ?? own
    const { on } = own.content.document.enter
    if (on.kind !== 'schedule') return { handled: 0 }
    const zone = on.zone ?? (await liveBrand(world)).defaultZone
    const now = world.clock.now()
    const until = live.version === version ? now : Math.min(now, live.publishedAt)
    let at = Number(shard.cursor ?? first)
    let next = nextCron(on.cron, zone, at)
    for (; next <= until; next = nextCron(on.cron, zone, next)) at = next
    const moment = new Date(at).toISOString()
    if (at <= until && now - at < DAY && (await isLive(world, name)))
      await world.table.write(beginJob(segmentJob({ journey: name, by: 'schedule', at: moment }, now)))
    return live.version === version ? { handled: 0, cursor: String(next), notBefore: next } : { handled: 0 }
  }
}

/** The job that finds whose date brings her in on a day; as its rows hold it. */
export type DayEntry = { readonly journey: string; readonly day: string }

export const ENTER_BY_DATE = 'enter-by-date'

/** The work of a day is a small share of all customers, mostly. */
export const DAY_PARTS = 4

/** Begins a job for each day, when it begins somewhere. A day that nobody was there for is over. */
export function datesWork(world: ClockWorld): PageWork {
  return async (shard): Promise<PageDone> => {
    const journey = await journeyOf(world, shard)
    const on = journey?.content.document.enter.on
    if (journey === undefined || on?.kind !== 'date') return { handled: 0 }
    const now = world.clock.now()
    let day = shard.cursor ?? inputOf(shard).first
    for (; dayBegins(day) <= now; day = addDays(day, 1))
      if (now - dayBegins(day) < 3 * DAY) await world.table.write(beginJob(dayJob(journey.name, on, day, now)))
    return { handled: 0, cursor: day, notBefore: dayBegins(day) }
  }
}

/** Another trait, offset or hour makes the day another one. */
function dayJob(journey: string, { trait, offset, at, yearly }: DateEntry, day: string, dueAt: number): Job {
  const rule = createHash('sha256')
    .update(JSON.stringify([trait, offset, at, yearly]))
    .digest('base64url')
    .slice(0, 8)
  const input: DayEntry = { journey, day }
  return { kind: ENTER_BY_DATE, name: `${journey}@${day}#${rule}`, input, shards: DAY_PARTS, dueAt }
}

/** The journey that a clock runs for, unless a later version has a clock of its own. */
async function journeyOf(world: ClockWorld, shard: JobShard): Promise<LiveJourney | undefined> {
  const { journey: name, version } = inputOf(shard)
  return surely(world, async () => {
    const journey = (await publishedJourneys(world)).get(name)
    return journey?.version === version ? journey : undefined
  })
}

/** What comes while it is paused or retired does not enter later. */
async function isLive(world: ClockWorld, name: string): Promise<boolean> {
  return stateOf((await journeyControls(world)).get(name)) === 'live'
}

function inputOf({ input }: JobShard): EntryClock {
  return input as EntryClock // as `beginEntry` made it
}
