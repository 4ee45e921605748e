import { readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { readEnrolment } from '#shared/journeys/runs/enrolment.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { customerPartition, putProfile } from '#shared/profiles/store.ts'
import type { Item, Table } from '#shared/world/table.ts'

/**
 * Leaves what a touchpoint of hers let her into as if it had never been, so that it can let her in once more: neither
 * the entry nor its messages count.
 * @returns false when it let her into nothing of this journey.
 */
export async function forgetRun(table: Table, profile: Profile, journey: string, touchpoint: string): Promise<boolean> {
  const enrolments = await rowsOf(table, profile, 'E#')
  const runs = enrolments.map(readEnrolment).filter((run) => run.journey === journey)
  const forgotten = runs.find(({ entry }) => entry.id === touchpoint)
  if (forgotten === undefined) return false
  const dispatches = (await rowsOf(table, profile, 'D#')).filter(({ enrolment }) => enrolment === forgotten.id)
  const rows = [...enrolments.filter(({ sk }) => sk === `E#${forgotten.id}`), ...dispatches]
  for (const { pk, sk } of rows) await table.write([{ remove: { pk, sk } }])
  const gone = new Set(dispatches.map(({ sk }) => sk.slice(2)))
  const messages = new Set(dispatches.map(readDispatch).map(({ claimedAt, channel }) => `${claimedAt} ${channel}`))
  const { [forgotten.id]: _run, ...others } = profile.runs
  const { [journey]: _entry, ...entered } = profile.entered
  const before = runs.filter((run) => run !== forgotten).map(({ enteredAt }) => enteredAt)
  const past = {
    ...profile,
    runs: others,
    entered: before.length === 0 ? entered : { ...entered, [journey]: Math.max(...before) },
    waiting: profile.waiting.filter(({ dispatch }) => !gone.has(dispatch)),
    counted: profile.counted.filter(({ at, channel }) => !messages.has(`${at} ${channel}`)),
  }
  await table.write([putProfile(past)])
  return true
}

async function rowsOf(table: Table, { id, aliases }: Profile, prefix: string): Promise<readonly Item[]> {
  const pages = await Promise.all(
    [id, ...aliases].map((customer) => table.query({ pk: customerPartition(customer), prefix, limit: 1_000 })),
  )
  return pages.flatMap(({ items }) => items)
}
