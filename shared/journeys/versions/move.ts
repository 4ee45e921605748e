import { InvalidInput } from '../../errors/errors.ts'
import { beginJob, jobKey, type PageWork } from '../../jobs/job.ts'
import { hasLooked, lookTwice } from '../../jobs/look-twice.ts'
import type { Json } from '../../world/table.ts'
import type { World } from '../../world/world.ts'
import { compileMoved } from '../compile.ts'
import type { Journey } from '../journey.ts'
import { openRunsPage, RUN_SHARDS, standingRuns } from '../runs/open-runs.ts'
import { journeyVersion, publishedJourneys } from './live.ts'
import { type MovePlan, type MoveRules, planMove } from './move-plan.ts'
import { moveRun } from './move-run.ts'

type ReadWorld = Pick<World, 'table' | 'clock'>

/** What would become of everybody who is on an older version than this. @param version of the document; all others are older */
export async function planFor(
  world: ReadWorld,
  journey: string,
  target: Pick<Journey, 'steps'>,
  rules: MoveRules,
  version = Number.POSITIVE_INFINITY,
): Promise<MovePlan> {
  const { runs, isWhole } = await standingRuns(world, journey)
  const older = await Promise.all(
    runs
      .filter(({ enrolment }) => enrolment.version < version)
      .map(async (run) => ({
        ...run,
        old: (await journeyVersion(world, journey, run.enrolment.version)).content.document,
      })),
  )
  return planMove(journey, { runs: older, isWhole }, target, rules)
}

export interface MoveBegun {
  readonly plan: MovePlan
  /** Absent where there is nobody to be moved. */
  readonly job?: string
}

const MOVE = 'move'

/**
 * Begins to move everybody who is in a journey to its live version.
 * @throws InvalidInput when the plan lacks a rule: then nobody is moved
 */
export async function beginMove(
  world: ReadWorld & Pick<World, 'machines'>,
  journey: string,
  rules: MoveRules,
): Promise<MoveBegun> {
  const live = (await publishedJourneys(world)).get(journey)
  if (live === undefined) throw new InvalidInput('journey.not-published', `No journey "${journey}" is published.`)
  const { document } = live.content
  const plan = await planFor(world, journey, document, rules, live.version)
  if (plan.refused.length > 0) throw new InvalidInput('journey.move-refused', plan.refused.join(' '))
  if (plan.steps.every(({ to }) => to === undefined)) return { plan }
  const { machine } = await world.machines.publish(journey, compileMoved(document))
  const now = world.clock.now()
  const input = { journey, version: live.version, machine, rules } as unknown as Json
  const name = `${journey}.${live.version}.${now}`
  await world.table.write([...beginJob({ kind: MOVE, name, input, shards: RUN_SHARDS, dueAt: now })])
  return { plan, job: name }
}

const PAGE = 25

/** Moves a page of runs, each from where it stands by then. */
export function moveWork(world: ReadWorld & Pick<World, 'machines'>): PageWork {
  return lookTwice(world, async ({ input, shard }, cursor) => {
    const { journey, version, ...how } = input as unknown as MoveInput
    const target = { ...how, version: await journeyVersion(world, journey, version) }
    const page = await openRunsPage(world, journey, shard, { cursor, limit: PAGE })
    let moved = 0
    for (const run of page.runs) if (run.version < version && (await moveRun(world, run, target))) moved += 1
    return { handled: moved, cursor: page.cursor }
  })
}

/** As `beginMove` made it. */
interface MoveInput {
  readonly journey: string
  readonly version: number
  readonly machine: string
  readonly rules: MoveRules
}

export interface MoveProgress {
  readonly moved: number
  /** All that the index showed have been moved; a minute later it is looked at once more. */
  readonly isDone: boolean
}

/** How far a move has come. @returns undefined when there is none of that name */
export async function moveProgress({ table }: Pick<World, 'table'>, job: string): Promise<MoveProgress | undefined> {
  const keys = Array.from({ length: RUN_SHARDS }, (_, shard) => jobKey({ kind: MOVE, name: job }, shard))
  const rows = (await table.getMany(keys)).filter((row) => row !== undefined)
  if (rows.length === 0) return undefined
  const moved = rows.reduce((sum, { handled }) => sum + Number(handled), 0)
  return { moved, isDone: rows.every(hasLooked) }
}
