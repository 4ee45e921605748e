import { type ReconcileWorld, reconcile } from '../dispatches/reconcile.ts'
import { describeError } from '../errors/errors.ts'
import { loadProfile, putProfile } from '../profiles/store.ts'
import { DUE_SHARDS, duePartition } from '../time/due.ts'
import type { Item } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { drain } from './drain.ts'
import { endEnrolment, readEnrolment } from './enrolment.ts'
import { withoutRun } from './run-guard.ts'

export type SweepWorld = ReconcileWorld & Pick<World, 'machines'>

const PAGE = 100

/**
 * Attends to every row that has fallen due, in order of its time: pending effects that nobody acted on, dispatches
 * without an outcome, runs past their end. One that fails is logged and stays due; the others go on.
 */
export async function sweepDue(world: SweepWorld): Promise<void> {
  const to = new Date(world.clock.now()).toISOString()
  await Promise.all(Array.from({ length: DUE_SHARDS }, (_, shard) => sweepShard(world, shard, to)))
}

async function sweepShard(world: SweepWorld, shard: number, to: string): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await world.table.queryIndex({
      pk: duePartition(shard),
      to,
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    })
    for (const item of page.items) await attendSafely(world, item)
    cursor = page.cursor
  } while (cursor !== undefined)
}

async function attendSafely(world: SweepWorld, item: Item): Promise<void> {
  try {
    await attend(world, item)
  } catch (error) {
    world.log.error('a due row could not be attended to', { row: item.sk, ...describeError(error) })
  }
}

/** The index may be stale, so the row itself is read again: it may have been attended to, or be due later now. */
async function attend(world: SweepWorld, found: Item): Promise<void> {
  const item = await world.table.get({ pk: found.pk, sk: found.sk })
  if (item?.isk === undefined || item.isk > new Date(world.clock.now()).toISOString()) return
  if (item.sk.startsWith('D#')) await reconcile(world, item)
  else if (item.sk.startsWith('E#') && item.state === 'running') await expire(world, item)
  else await drain(world, item)
}

/** A run that outlived its longest path: its machine failed, or was removed. */
async function expire({ table, clock }: SweepWorld, item: Item): Promise<void> {
  const { id, customer, run } = readEnrolment(item)
  const profile = await loadProfile({ table }, customer)
  const end = endEnrolment({ pk: item.pk, sk: item.sk }, { reason: 'expired', endedAt: clock.now() })
  const isOpen = profile?.runs[id]?.run === run
  await table.write(profile === undefined || !isOpen ? [end] : [putProfile(withoutRun(profile, id)), end])
}
