import { loadProfile } from '../../profiles/store.ts'
import { DUE_SHARDS, duePartition } from '../../time/due.ts'
import type { World } from '../../world/world.ts'
import { journeyVersion } from '../versions/live.ts'
import { type Enrolment, readEnrolment } from './enrolment.ts'
import { type Stand, standOf } from './stand.ts'

/** The shards over which the open runs of all journeys are spread. */
export const RUN_SHARDS = DUE_SHARDS

interface RunPage {
  readonly runs: readonly Enrolment[]
  readonly cursor?: string | undefined
}

/**
 * Open runs of a journey, a page of the index at a time: most of a page may belong to others. The index may be stale, so
 * look at the run itself before acting on it.
 */
export async function openRunsPage(
  { table }: Pick<World, 'table'>,
  journey: string,
  shard: number,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<RunPage> {
  const page = await table.queryIndex({
    pk: duePartition(shard),
    limit,
    ...(cursor === undefined ? {} : { cursor }),
  })
  const runs = page.items
    .filter(({ sk, journey: name }) => sk.startsWith('E#') && name === journey)
    .map(readEnrolment)
    .filter(({ state }) => state !== 'ended')
  return { runs, cursor: page.cursor }
}

/** A run and where it stands. */
export interface StandingRun {
  readonly enrolment: Enrolment
  readonly stand: Stand
}

/** More rows than this are not looked at for one answer. */
const MOST_ROWS = 50_000
const PAGE = 500

/** Everybody who is in a journey; `isWhole` is false where there are more than one answer looks at. */
export async function standingRuns(
  world: Pick<World, 'table' | 'clock'>,
  journey: string,
): Promise<{ readonly runs: readonly StandingRun[]; readonly isWhole: boolean }> {
  const runs: StandingRun[] = []
  let pages = 0
  for (let shard = 0; shard < RUN_SHARDS; shard++) {
    let cursor: string | undefined
    do {
      if (pages++ * PAGE >= MOST_ROWS) return { runs, isWhole: false }
      const page = await openRunsPage(world, journey, shard, { cursor, limit: PAGE })
      const standing = await Promise.all(page.runs.map((enrolment) => whereItStands(world, enrolment)))
      runs.push(...standing.filter((one) => one !== undefined))
      cursor = page.cursor
    } while (cursor !== undefined)
  }
  return { runs, isWhole: true }
}

async function whereItStands(
  world: Pick<World, 'table' | 'clock'>,
  enrolment: Enrolment,
): Promise<StandingRun | undefined> {
  const run = (await loadProfile(world, enrolment.customer))?.runs[enrolment.id]
  if (run === undefined || run.run !== enrolment.run) return undefined
  const { content } = await journeyVersion(world, enrolment.journey, run.version)
  return { enrolment, stand: standOf(content.document.steps, run, enrolment, world.clock.now()) }
}
