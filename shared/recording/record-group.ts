import { setTimeout as pause } from 'node:timers/promises'
import { Conflict } from '../errors/errors.ts'
import { drain, startRun } from '../journeys/drain.ts'
import { findHolders, forgetHolder, identifierName, rememberHolder } from '../profiles/identifier-rows.ts'
import type { Profile } from '../profiles/profile.ts'
import { loadProfile } from '../profiles/store.ts'
import { type Identifier, listIdentifiers } from '../touchpoints/identifiers.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { applyTouchpoint } from './apply-touchpoint.ts'
import { Draft, type Planned } from './draft.ts'
import { drainDuplicate } from './drain-duplicate.ts'
import { findRepeats } from './find-repeats.ts'
import type { Lessons, Recorded, RecordWorld } from './recording.ts'

/** Others may write first for long, but not for ever; then the queue brings the touchpoints again. */
const MOST_ATTEMPTS = 40

/** Records touchpoints of one customer, in order, in one commit. */
export async function recordGroup(
  world: RecordWorld,
  touchpoints: readonly Touchpoint[],
  found?: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<Touchpoint, Recorded>> {
  const lessons: Lessons = { duplicates: new Set(), enrolments: new Set(), missing: new Set(), reread: new Set() }
  const identifiers = touchpoints.flatMap(({ identifiers: given }) => listIdentifiers(given))
  let holders = found ?? (await findHolders(world, identifiers))
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (attempt > 2) await pause(Math.min(attempt, 10) * (1 + ((touchpoints[0]?.recordedAt ?? 0) % 5)))
    const draft = await openDraft(world, identifiers, holders, lessons)
    const results = draft === undefined ? undefined : await recordOnce(world, draft, touchpoints, lessons)
    if (results !== undefined) return results
    holders = await findHolders(world, identifiers)
  }
  throw new Conflict(
    'recording.contention',
    'Others kept writing to this customer; the touchpoints will be tried again.',
  )
}

/** @returns undefined when somebody else wrote first, or a belief was wrong; `lessons` has it for the next attempt. */
async function recordOnce(
  world: RecordWorld,
  draft: Draft,
  touchpoints: readonly Touchpoint[],
  lessons: Lessons,
): Promise<ReadonlyMap<Touchpoint, Recorded> | undefined> {
  for (const id of await findRepeats(world, draft.profiles.values(), touchpoints)) lessons.duplicates.add(id)
  const results = new Map<Touchpoint, Recorded>()
  for (const touchpoint of touchpoints)
    results.set(touchpoint, await applyTouchpoint(world, draft, touchpoint, lessons))
  if (!(await commit(world, draft, lessons))) return undefined
  await finish(world, draft, results)
  return results
}

/** @returns undefined when a remembered holder turned out to be stale; it has been forgotten. */
async function openDraft(
  world: RecordWorld,
  identifiers: readonly Identifier[],
  holders: ReadonlyMap<string, string>,
  { reread }: Lessons,
): Promise<Draft | undefined> {
  const draft = new Draft(world.clock.now())
  const customers = new Set(identifiers.flatMap((identifier) => holders.get(identifierName(identifier)) ?? []))
  const profiles = new Map(
    await Promise.all(
      [...customers].map(async (id): Promise<[string, Profile | undefined]> => [id, await loadProfile(world, id)]),
    ),
  )
  let stale = false
  for (const identifier of identifiers) {
    const holder = holders.get(identifierName(identifier))
    const profile = holder === undefined ? undefined : profiles.get(holder)
    if (profile === undefined) continue
    const name = identifierName(identifier)
    if (reread.has(name) || stands(profile, holder, identifier)) {
      draft.load(profile)
      draft.hold(name, profile.id)
    } else {
      forgetHolder(world.table, identifier)
      reread.add(name)
      stale = true
    }
  }
  return stale ? undefined : draft
}

/** A row read just now always stands; a remembered one only while the profile agrees. */
function stands(profile: Profile, holder: string | undefined, { kind, value }: Identifier): boolean {
  if (kind === 'customerId' || profile.id !== holder) return true
  return (profile.identifiers[kind] ?? []).some(([held]) => held === value)
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

async function finish(world: RecordWorld, draft: Draft, results: ReadonlyMap<Touchpoint, Recorded>): Promise<void> {
  for (const { identifier, customer } of draft.attached()) rememberHolder(world.table, identifier, customer)
  // First the ends: a run that starts over may wait at the same step, in the same row.
  for (const wait of draft.endedWaits()) await drain(world, wait)
  for (const enrolment of draft.starts()) await startRun(world, enrolment)
  for (const [touchpoint, recorded] of results)
    if (recorded.outcome === 'duplicate') await drainDuplicate(world, recorded.customer, touchpoint)
}
