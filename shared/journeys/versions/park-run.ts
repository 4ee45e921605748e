import { createHash } from 'node:crypto'
import * as z from 'zod'
import { Conflict } from '../../errors/errors.ts'
import type { Job, PageWork } from '../../jobs/job.ts'
import { lookTwice } from '../../jobs/look-twice.ts'
import type { OpenRun } from '../../profiles/profile.ts'
import { loadProfile, putProfile } from '../../profiles/store.ts'
import type { ResumeOutcome } from '../../world/machines.ts'
import type { Item, Key } from '../../world/table.ts'
import type { World } from '../../world/world.ts'
import { drain } from '../runs/drain.ts'
import { TaskInput } from '../runs/run.ts'
import { openRun } from '../runs/run-guard.ts'
import { endWait, laterTryWaits, type WaitRow, waitKey } from '../runs/wait-row.ts'
import { controlNow } from './control.ts'

export const ParkInput = TaskInput.extend({
  token: z.string(),
  /** How often the task has been tried before. */
  attempt: z.number().int().default(0),
})

type ParkInput = z.infer<typeof ParkInput>
type ParkWorld = Pick<World, 'table' | 'clock' | 'machines'>

/** The row of a run that stands still: a wait that no touchpoint ends, found by its journey in the index. */
export interface ParkRow extends WaitRow {
  readonly enrolment: string
  readonly step: string
  readonly parkedAt: number
  /** When the run was to be over at the latest, had it not been parked. */
  readonly endsBy: number
}

/** A parked run is not over before it goes on. */
const NO_END = 400 * 86_400_000

const MOST_ATTEMPTS = 20

/**
 * Lets a run stand still at a step. Its row is written first and the journey looked at afterwards, while a resume does
 * it the other way round: so one of the two sees the other, and no run is forgotten.
 */
export async function parkRun(
  input: ParkInput,
  world: ParkWorld,
): Promise<{ readonly outcome: 'parked' | 'resumed-already' }> {
  const key = waitKey(input.customer, input.enrolment, input.step)
  const isFirst = await commitPark(world, input, key)
  if (!isFirst || (await controlNow(world, input.journey)).paused !== undefined) return { outcome: 'parked' }
  await unparkRun(world, key)
  return { outcome: 'resumed-already' }
}

/** @returns false when a later try of the same task has parked the run. */
async function commitPark({ table, clock }: ParkWorld, input: ParkInput, key: Key): Promise<boolean> {
  const { enrolment, step, journey, token, attempt, occurrence = [] } = input
  for (let tries = 0; tries < MOST_ATTEMPTS; tries++) {
    const profile = await loadProfile({ table }, input.customer)
    const run = openRun(profile, input)
    if (profile === undefined || (await laterTryWaits(table, input, profile))) return false
    const parkedAt = clock.now()
    // A try after the first finds what the first has put off.
    const endsBy = isParked(run) ? run.endsBy - NO_END : run.endsBy
    const open = { ...run, wait: { step, types: [] }, endsBy: endsBy + NO_END }
    const row = {
      ...key,
      token,
      attempt,
      occurrence,
      enrolment,
      step,
      parkedAt,
      endsBy,
      ...parkedKeys(journey, input.customer, parkedAt),
    }
    const parked = { ...profile, runs: { ...profile.runs, [enrolment]: open } }
    if ((await table.write([putProfile(parked), { put: row }])).committed) return true
  }
  throw contention()
}

/** True of a run that stands still because its journey is paused, or was when it came there. */
export function isParked({ wait }: Pick<OpenRun, 'wait'>): boolean {
  return wait?.types.length === 0
}

/** Lets a parked run go on; its end is put off by as long as it stood still. One that has gone on or ended is left. */
export async function unparkRun(world: ParkWorld, key: Key): Promise<void> {
  for (let tries = 0; tries < MOST_ATTEMPTS; tries++) {
    const row = (await world.table.get(key)) as ParkRow | undefined
    if (row?.parkedAt === undefined) return
    if (row.outcome !== undefined || (await commitUnpark(world, key, row))) return drain(world, key)
  }
  throw contention()
}

async function commitUnpark({ table, clock }: ParkWorld, key: Key, row: ParkRow): Promise<boolean> {
  const { enrolment, step } = row
  const now = clock.now()
  const customer = key.pk.slice(2)
  const profile = await loadProfile({ table }, customer)
  const run = profile?.runs[enrolment]
  const stands = run !== undefined && isParked(run) && run.wait?.step === step
  // Whoever ended the run did not know of the row.
  const outcome: ResumeOutcome = stands ? { output: {} } : { error: 'Left', cause: 'ended' }
  const end = endWait(key, customer, outcome, now)
  if (profile === undefined || !stands) return (await table.write([end])).committed
  const { wait: _, ...going } = { ...run, endsBy: row.endsBy + now - row.parkedAt }
  return (await table.write([putProfile({ ...profile, runs: { ...profile.runs, [enrolment]: going } }), end])).committed
}

function contention(): Conflict {
  return new Conflict('run.park-contention', 'Others kept writing to this customer; it is tried again.')
}

/** The index partitions in which the parked runs of a journey stand. */
const PARK_SHARDS = 8

function parkedKeys(journey: string, customer: string, at: number): Pick<Item, 'ipk' | 'isk'> {
  const shard = createHash('sha256').update(customer).digest().readUInt8(0) % PARK_SHARDS
  return { ipk: parkPartition(journey, shard), isk: new Date(at).toISOString() }
}

function parkPartition(journey: string, shard: number): string {
  return `PARKED#${journey}#${shard}`
}

/** The job that lets everybody go on who stands still in a journey. */
export function resumeJob(journey: string, now: number): Job {
  return { kind: 'resume', name: `${journey}#${now}`, input: { journey }, shards: PARK_SHARDS, dueAt: now }
}

const PAGE = 25

/** Pages over the parked runs, unless the journey has been paused again. */
export function resumeWork(world: ParkWorld): PageWork {
  return lookTwice(world, async ({ input, shard }, cursor) => {
    const { journey } = input as { journey: string } // as `resumeJob` made it
    if ((await controlNow(world, journey)).paused !== undefined) return { handled: 0 }
    const page = await world.table.queryIndex({
      pk: parkPartition(journey, shard),
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const { pk, sk } of page.items) await unparkRun(world, { pk, sk })
    return { handled: page.items.length, cursor: page.cursor }
  })
}
