import { setTimeout as pause } from 'node:timers/promises'
import { Conflict } from '../errors/errors.ts'
import { findHolders, forgetHolder, identifierName } from '../profiles/identifier-rows.ts'
import type { Profile } from '../profiles/profile.ts'
import { loadProfile } from '../profiles/store.ts'
import { type Identifier, listIdentifiers } from '../touchpoints/identifiers.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { applyTouchpoint } from './apply-touchpoint.ts'
import { commitDraft, noLessons } from './commit-draft.ts'
import { Draft } from './draft.ts'
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
  const lessons = noLessons()
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
  if (!(await commitDraft(world, draft, lessons))) return undefined
  for (const [touchpoint, recorded] of results)
    if (recorded.outcome === 'duplicate') await drainDuplicate(world, recorded.customer, touchpoint)
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
