import type { Brand } from '../../brand/brand.ts'
import { FRESH_FOR } from '../../documents/fresh.ts'
import { beginJob, type Job } from '../../jobs/job.ts'
import { SEGMENT_SHARDS } from '../../profiles/customer-index.ts'
import { nextCron } from '../../time/cron.ts'
import { describeLocalMoment, startOf } from '../../time/local-moment.ts'
import type { World } from '../../world/world.ts'
import type { LiveJourney } from '../versions/live.ts'
import type { Entry } from './entry.ts'

/** The job that lets the members of a segment in; as its rows hold it. */
export type SegmentEntry = {
  readonly journey: string
  readonly by: 'once' | 'schedule' | 'segment'
  /** Which of the times that the journey is entered at; a customer enters once at each. */
  readonly at: string
}

/** The job that watches the clock for a journey's entry; as its row holds it. */
export type EntryClock = {
  readonly journey: string
  readonly version: number
  /** The first time (epoch ms), or day, that is to come. */
  readonly first: string
}

export const ENTER_SEGMENT = 'enter-segment'
export const SCHEDULE = 'schedule'
export const DATES = 'dates'

/** Where it is an hour first, and last. */
const FIRST_ZONE = 'Pacific/Kiritimati'
const LAST_ZONE = 'Etc/GMT+12'

/**
 * Begins what a journey's entry needs besides touchpoints: a job at the moment of a broadcast, one that watches the
 * clock for a schedule or for dates, one over those who are in its segment already. Done again it changes nothing.
 */
export async function beginEntry(
  { table, clock }: Pick<World, 'table' | 'clock'>,
  journey: LiveJourney,
  brand: Brand,
): Promise<void> {
  const job = entryJob(journey, brand, clock.now())
  // A job that has been begun before is left as it is.
  if (job !== undefined) await table.write(beginJob(job))
}

function entryJob(journey: LiveJourney, brand: Brand, now: number): Job | undefined {
  const { on } = journey.content.document.enter
  switch (on.kind) {
    case 'once':
      return onceJob(journey, brand)
    case 'joins':
      return existingJob(journey)
    case 'schedule': {
      const first = nextCron(on.cron, on.zone ?? brand.defaultZone, journey.publishedAt)
      return clockJob(SCHEDULE, journey, String(first), first)
    }
    case 'date':
      return clockJob(DATES, journey, firstDay(journey.publishedAt), now)
    case 'touchpoint':
    case 'leaves':
    case 'api':
      return undefined
  }
}

/** From then on every process knows what was published, and lets in who joins. */
export function knownEverywhere(publishedAt: number): number {
  return publishedAt + 2 * FRESH_FOR
}

/** Lets those in who are in the segment already, where the journey includes them. */
export function existingJob({ name, content, publishedAt }: LiveJourney): Job | undefined {
  const { on } = content.document.enter
  if (on.kind !== 'joins' || on.existing === 'skip') return undefined
  return segmentJob({ journey: name, by: 'segment', at: `those in ${on.segment}` }, knownEverywhere(publishedAt))
}

/**
 * The broadcast of a journey; undefined when its moment was over before it was published. Where each has it at her own
 * hour, the segment is read when that hour comes first anywhere.
 */
export function onceJob({ name, content, publishedAt }: LiveJourney, brand: Brand): Job | undefined {
  const { on } = content.document.enter
  if (on.kind !== 'once') return undefined
  const zone = on.zone ?? brand.defaultZone
  const [first, last] = zone === 'hers' ? [FIRST_ZONE, LAST_ZONE] : [zone, zone]
  if (startOf(on.moment, last) < publishedAt) return undefined
  return segmentJob({ journey: name, by: 'once', at: momentOf(on, brand) }, startOf(on.moment, first))
}

type Once = Entry['on'] & { readonly kind: 'once' }

/** How the moment of a broadcast is called: those who share it are the same broadcast. */
export function momentOf({ moment, zone }: Once, { defaultZone }: Brand): string {
  return `${describeLocalMoment(moment)} ${zone ?? defaultZone}`
}

export function segmentJob(input: SegmentEntry, dueAt: number): Job {
  return { kind: ENTER_SEGMENT, name: `${input.journey}@${input.at}`, input, shards: SEGMENT_SHARDS, dueAt }
}

function clockJob(kind: string, { name: journey, version }: LiveJourney, first: string, dueAt: number): Job {
  const input: EntryClock = { journey, version, first }
  return { kind, name: `${journey}#${version}`, input, shards: 1, dueAt }
}

/** Somewhere it is still that day. */
function firstDay(publishedAt: number): string {
  return new Date(publishedAt - 12 * 3_600_000).toISOString().slice(0, 10)
}
