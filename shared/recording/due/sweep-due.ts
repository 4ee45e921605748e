import { ANSWER_ROW, readAnswer } from '../../conversations/answer-row.ts'
import { IDLE } from '../../conversations/conversation.ts'
import { reconcile } from '../../dispatches/reconcile.ts'
import { describeError } from '../../errors/errors.ts'
import { inParallel } from '../../jobs/in-parallel.ts'
import { type PageWork, workJob } from '../../jobs/job.ts'
import { isStart } from '../../journeys/entries/start-row.ts'
import { drain } from '../../journeys/runs/drain.ts'
import { endEnrolment, readEnrolment } from '../../journeys/runs/enrolment.ts'
import { withoutRun } from '../../journeys/runs/run-guard.ts'
import { isReview, reviewedSoon } from '../../profiles/customer-index.ts'
import { loadProfile, putProfile } from '../../profiles/store.ts'
import { DUE_SHARDS, dueKeys, duePartition } from '../../time/due.ts'
import type { Item, Write } from '../../world/table.ts'
import { closeIdle } from '../conversations/close-conversation.ts'
import { sendAnswer } from '../conversations/send-answer.ts'
import { jobWorks, type SweepWorld } from './job-works.ts'
import { reviewCustomer } from './review-customer.ts'
import { startWhenDue } from './start-when-due.ts'

/** `more` says that work on many customers is under way and could go on at once. */
export interface Swept {
  readonly more: boolean
}

const PAGE = 100

/** Shards of jobs that are worked on at the same time. */
const JOBS_AT_ONCE = 4

/** However long a sweep may take, what has fallen due meanwhile is looked at after so long (ms). */
const LONGEST_TURN = 5_000

/** A row that could not be attended to is not looked at again before. */
const PAUSE = 60_000

/**
 * Attends to every row that has fallen due, in order of its time: pending effects that nobody acted on, dispatches
 * without an outcome, runs past their end; and between those, in turns, to the work on many customers. One that fails
 * is logged and put off; the others go on.
 * @param untilAt jobs begin no further page after this; the rest has always been done once
 */
export async function sweepDue(world: SweepWorld, untilAt: number): Promise<Swept> {
  const works = jobWorks(world)
  let jobs: readonly Item[]
  do {
    jobs = await attendToRows(world)
    await workInTurn(world, jobs, works, Math.min(untilAt, world.clock.now() + LONGEST_TURN))
  } while (jobs.length > 0 && world.clock.now() < untilAt)
  return { more: jobs.length > 0 }
}

/** @returns the shards of jobs that are due, the longest waiting first: they are left for later. */
async function attendToRows(world: SweepWorld): Promise<readonly Item[]> {
  const to = new Date(world.clock.now()).toISOString()
  const shards = Array.from({ length: DUE_SHARDS }, (_, shard) => sweepShard(world, shard, to))
  const jobs = (await Promise.all(shards)).flat()
  return jobs.sort((one, other) => ((one.isk ?? '') < (other.isk ?? '') ? -1 : 1))
}

async function sweepShard(world: SweepWorld, shard: number, to: string): Promise<readonly Item[]> {
  const jobs: Item[] = []
  let cursor: string | undefined
  do {
    const page = await world.table.queryIndex({
      pk: duePartition(shard),
      to,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const item of page.items)
      if (item.sk === 'JOB') jobs.push(item)
      else await safely(world, item, attend)
    cursor = page.cursor
  } while (cursor !== undefined)
  return jobs
}

async function workInTurn(
  world: SweepWorld,
  jobs: readonly Item[],
  works: Readonly<Record<string, PageWork>>,
  untilAt: number,
): Promise<void> {
  let isFirst = true
  await inParallel(jobs, JOBS_AT_ONCE, async (job) => {
    if (!isFirst && world.clock.now() >= untilAt) return
    isFirst = false
    await safely(world, job, (_, item) => workJob(world, item, works, untilAt))
  })
}

/** The index may be stale, so the row itself is read again: it may have been attended to, or be due later now. */
async function safely(
  world: SweepWorld,
  found: Item,
  act: (world: SweepWorld, item: Item) => Promise<void>,
): Promise<void> {
  const { pk, sk } = found
  const item = await world.table.get({ pk, sk })
  if (item?.isk === undefined || item.isk > new Date(world.clock.now()).toISOString()) return
  try {
    await act(world, item)
  } catch (error) {
    world.log.error('a due row could not be attended to', { row: sk, ...describeError(error) })
    const isk = new Date(world.clock.now() + PAUSE).toISOString()
    await world.table.write([{ set: { pk, sk }, attributes: { isk }, when: { attributeIs: ['isk', item.isk] } }])
  }
}

async function attend(world: SweepWorld, item: Item): Promise<void> {
  if (item.sk.startsWith('D#')) await reconcile(world, item)
  else if (item.sk.startsWith(IDLE)) await closeIdle(world, item)
  else if (item.sk.startsWith(ANSWER_ROW)) await sendAnswer(world, readAnswer(item))
  else if (isStart(item)) await startWhenDue(world, item)
  else if (isReview(item)) await review(world, item)
  else if (item.sk.startsWith('E#') && item.state === 'running') await expire(world, item)
  else await drain(world, item)
}

async function review(world: SweepWorld, item: Item): Promise<void> {
  await reviewCustomer(world, item.pk.slice('C#'.length))
  const writes = reviewedSoon(item)
  if (writes.length > 0) await world.table.write(writes)
}

/** A run that outlived its longest path: its machine failed, or was removed. */
async function expire({ table, clock }: SweepWorld, item: Item): Promise<void> {
  const { id, customer, run } = readEnrolment(item)
  const profile = await loadProfile({ table }, customer)
  const ended = endEnrolment({ pk: item.pk, sk: item.sk }, { reason: 'expired', endedAt: clock.now() })
  // Whoever has begun the next run meanwhile needs the row.
  const end: Write = { ...ended, when: { attributeIs: ['run', run] } }
  const open = profile?.runs[id]
  const isOpen = open?.run === run
  // A run that stood still while its journey was paused ends later than it was to.
  if (isOpen && open.endsBy > clock.now()) {
    await table.write([{ set: { pk: item.pk, sk: item.sk }, attributes: dueKeys(customer, open.endsBy) }])
    return
  }
  await table.write(profile === undefined || !isOpen ? [end] : [putProfile(withoutRun(profile, id)), end])
}
