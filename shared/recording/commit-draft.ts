import { drain, startRun } from '../journeys/runs/drain.ts'
import { forgetHolder, rememberHolder } from '../profiles/identifier-rows.ts'
import type { Draft, Planned } from './draft.ts'
import type { Lessons, RecordWorld } from './recording.ts'

export function noLessons(): Lessons {
  return {
    duplicates: new Set(),
    enrolments: new Set(),
    turns: new Map(),
    missing: new Set(),
    reread: new Set(),
  }
}

/**
 * Commits a draft and does what it leaves to be done.
 * @returns false when somebody else wrote first, or a belief was wrong; `lessons` has it for the next attempt.
 */
export async function commitDraft(world: RecordWorld, draft: Draft, lessons: Lessons): Promise<boolean> {
  if (!(await commit(world, draft, lessons))) return false
  for (const { identifier, customer } of draft.attached()) rememberHolder(world.table, identifier, customer)
  // First the ends: a run that starts over may wait at the same step, in the same row.
  for (const wait of draft.endedWaits()) await drain(world, wait)
  for (const enrolment of draft.starts()) await startRun(world, enrolment)
  return true
}

async function commit(world: RecordWorld, draft: Draft, lessons: Lessons): Promise<boolean> {
  const operations = draft.operations(await world.secrets.linkKey())
  // A wait whose time ran out long ago has no row any more to be ended.
  const planned = operations.filter(({ purpose }) => purpose.of !== 'wait' || !lessons.missing.has(purpose.sk))
  if (planned.length === 0) return true
  const result = await world.table.write(planned.map(({ write }) => write))
  if (result.committed) return true
  for (const position of result.failed) learn(world, lessons, planned[position])
  return false
}

function learn(world: RecordWorld, lessons: Lessons, failed: Planned | undefined): void {
  if (failed === undefined) return
  const { purpose } = failed
  if (purpose.of === 'touchpoint') lessons.duplicates.add(purpose.id)
  if (purpose.of === 'enrolment') lessons.enrolments.add(purpose.id)
  if (purpose.of === 'wait' || purpose.of === 'dispatch') lessons.missing.add(purpose.sk)
  if (purpose.of === 'identifier') forgetHolder(world.table, purpose.identifier)
}
