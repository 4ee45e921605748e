import { setTimeout as pause } from 'node:timers/promises'
import { Conflict } from '../../errors/errors.ts'
import { inParallel } from '../../jobs/in-parallel.ts'
import type { PageWork } from '../../jobs/job.ts'
import { customerPage, reviewKey } from '../../profiles/customer-index.ts'
import { loadProfile } from '../../profiles/store.ts'
import { applyCaused } from '../apply-touchpoint.ts'
import { commitDraft, noLessons } from '../commit-draft.ts'
import { Draft } from '../draft.ts'
import { reviewMemberships } from '../keep-memberships.ts'
import type { RecordWorld } from '../recording.ts'

const MOST_ATTEMPTS = 20
const CUSTOMERS_PER_PAGE = 100
const AT_ONCE = 8

/**
 * Brings the memberships of a customer to what they are now, and records those that begin and end. Safe to repeat.
 * @throws Conflict when others keep writing to her.
 */
export async function reviewCustomer(world: RecordWorld, customer: string): Promise<void> {
  const lessons = noLessons()
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (attempt > 1) await pause(attempt)
    const profile = await loadProfile(world, customer)
    if (profile?.id !== customer) await world.table.write([{ remove: reviewKey(customer) }])
    if (profile === undefined) return
    const draft = new Draft(world.clock.now())
    draft.load(profile)
    for (const change of await reviewMemberships(world, draft, profile.id))
      await applyCaused(world, draft, change, lessons)
    if (await commitDraft(world, draft, lessons)) return
  }
  throw new Conflict('segments.contention', 'Others kept writing to this customer; her segments are looked at again.')
}

/** A page of the job `segment-backfill`. */
export function backfillWork(world: RecordWorld): PageWork {
  return async ({ shard, cursor }) => {
    const page = await customerPage(world.table, shard, cursor, CUSTOMERS_PER_PAGE)
    await inParallel(page.customers, AT_ONCE, (customer) => reviewCustomer(world, customer))
    return { handled: page.customers.length, cursor: page.cursor }
  }
}
