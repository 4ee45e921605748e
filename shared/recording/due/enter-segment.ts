import { liveBrand } from '../../dispatches/brand-documents.ts'
import { surely } from '../../documents/fresh.ts'
import { Impossible } from '../../errors/errors.ts'
import { inParallel } from '../../jobs/in-parallel.ts'
import type { JobShard, PageDone, PageWork } from '../../jobs/job.ts'
import { knownEverywhere, momentOf, type SegmentEntry } from '../../journeys/entries/entry-jobs.ts'
import { reserveTurns } from '../../journeys/entries/pace.ts'
import { startedTouchpoint } from '../../journeys/entries/started.ts'
import { stableId } from '../../journeys/runs/run.ts'
import { journeyControls } from '../../journeys/versions/control.ts'
import { type LiveJourney, liveJourneys } from '../../journeys/versions/live.ts'
import { segmentPage } from '../../profiles/customer-index.ts'
import { loadProfile } from '../../profiles/store.ts'
import { MINUTE } from '../../time/duration.ts'
import { recordTouchpoints } from '../record-touchpoints.ts'
import { broadcastStep, sendBroadcast } from './broadcast.ts'
import type { SweepWorld } from './job-works.ts'
import { prepareStarts } from './prepare-starts.ts'

const PAGE = 100

/** Customers of a page who are sent a broadcast at the same time. */
const AT_ONCE = 32

/** Lets the members of a segment into a journey; one whose entry is another by now, or that is retired, stops it. */
export function enterSegmentWork(world: SweepWorld): PageWork {
  return async (shard) => {
    const input = shard.input as SegmentEntry // as `segmentJob` made it
    const journey = await surely(world, () => journeyOf(world, input))
    if (journey === undefined) return { handled: 0 }
    const place = readPlace(shard)
    const now = world.clock.now()
    const paused = (await journeyControls(world)).get(journey.name)?.paused
    if (paused !== undefined) return wait(place, now + lookAgainIn(now - paused.since))
    const limit = place.turns === 0 ? PAGE : place.turns
    const { customers, cursor } = await segmentPage(world.table, segmentOf(journey), shard.shard, place.cursor, limit)
    const turn = place.turns === 0 ? await turnOf(world, journey, customers.length) : now
    if (turn > now) return wait({ ...place, turns: customers.length }, turn)
    await letPageIn(world, journey, input, customers)
    const next = cursor === undefined ? undefined : writePlace({ cursor, turns: 0 })
    return { handled: customers.length, cursor: next }
  }
}

/** A journey that has been paused for long is looked at less often (ms). */
function lookAgainIn(pausedFor: number): number {
  return Math.min(15 * MINUTE, Math.max(MINUTE, Math.floor(pausedFor / 400)))
}

/** A page of a broadcast waits for its turns as a whole; who enters otherwise waits for her own. */
async function turnOf(world: SweepWorld, journey: LiveJourney, count: number): Promise<number> {
  const { pace } = journey.content.document.enter
  if (pace === undefined || count === 0 || broadcastStep(journey) === undefined) return 0
  return Math.floor(await reserveTurns(world, journey.name, pace, count))
}

function segmentOf({ content }: LiveJourney): string {
  const { on } = content.document.enter
  if ('segment' in on) return on.segment
  throw new Impossible('job.no-segment', 'A job over a segment works for a journey without one.')
}

async function letPageIn(
  world: SweepWorld,
  journey: LiveJourney,
  input: SegmentEntry,
  customers: readonly string[],
): Promise<void> {
  const { on } = journey.content.document.enter
  if (on.kind === 'once' && on.zone === 'hers') return prepareStarts(world, journey, input.at, customers)
  if (on.kind === 'joins') return letIn(world, input, await thereBefore(world, journey, on.segment, customers))
  const step = broadcastStep(journey)
  if (step === undefined) return letIn(world, input, customers)
  const { at } = input
  await inParallel(customers, AT_ONCE, async (customer) => {
    if (!(await sendBroadcast(world, journey, step, { customer, at }))) await letIn(world, input, [customer])
  })
}

/** The journey, if it still asks for this. */
async function journeyOf(world: SweepWorld, { journey: name, by, at }: SegmentEntry): Promise<LiveJourney | undefined> {
  const journey = (await liveJourneys(world)).get(name)
  if (journey === undefined) return undefined
  const { on } = journey.content.document.enter
  if (by === 'segment') return on.kind === 'joins' && on.existing === 'include' ? journey : undefined
  if (by === 'schedule') return on.kind === 'schedule' ? journey : undefined
  return on.kind === 'once' && momentOf(on, await liveBrand(world)) === at ? journey : undefined
}

/** Everything else about an entry is decided, and refusals are kept, where touchpoints are recorded. */
async function letIn(world: SweepWorld, entry: SegmentEntry, customers: readonly string[]): Promise<void> {
  const { journey, by, at } = entry
  const now = world.clock.now()
  const touchpoints = customers.map((customer) =>
    startedTouchpoint({
      id: stableId(by, journey, at, customer),
      journey,
      by,
      identifiers: { customerId: customer },
      properties: { at },
      now,
    }),
  )
  await recordTouchpoints(world, touchpoints)
}

/**
 * Those who were in the segment before all knew of the journey: whoever joined later has entered by that. Whoever did both
 * is the same enrolment.
 */
async function thereBefore(
  world: SweepWorld,
  { publishedAt }: LiveJourney,
  segment: string,
  customers: readonly string[],
): Promise<readonly string[]> {
  const profiles = await Promise.all(customers.map((customer) => loadProfile(world, customer)))
  return profiles.flatMap((profile) => {
    const joinedAt = profile?.segments[segment]
    return profile === undefined || joinedAt === undefined || joinedAt > knownEverywhere(publishedAt)
      ? []
      : [profile.id]
  })
}

/** How far a shard has come; `turns` says how many it has reserved for its next page, where the pace is limited. */
interface Place {
  readonly cursor: string | undefined
  readonly turns: number
}

function readPlace({ cursor }: JobShard): Place {
  const [, turns = '0', rest = ''] = /^(\d+):(.*)$/s.exec(cursor ?? '') ?? []
  return { cursor: rest === '' ? undefined : rest, turns: Number(turns) }
}

function writePlace({ cursor = '', turns }: Place): string {
  return `${turns}:${cursor}`
}

function wait(place: Place, notBefore: number): PageDone {
  return { handled: 0, cursor: writePlace(place), notBefore }
}
