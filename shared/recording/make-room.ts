import { advance, type Effect } from '../journeys/runs/advance.ts'
import { fold } from '../profiles/fold.ts'
import { findHolders } from '../profiles/identifier-rows.ts'
import { loadProfile } from '../profiles/store.ts'
import { listIdentifiers } from '../touchpoints/identifiers.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { applyEffect } from './apply-effect.ts'
import { situationOf } from './apply-touchpoint.ts'
import { commitDraft, noLessons } from './commit-draft.ts'
import { Draft } from './draft.ts'
import type { RecordWorld } from './recording.ts'

/** So many surely go into one commit, with their rows. */
const MOST_TOGETHER = 30

/**
 * Ends runs and reaches goals ahead of the touchpoint that does so, where all of it is too much for one commit. Whoever dies
 * in between has done what the touchpoint does when it comes again.
 * @returns false when there is nothing to be done ahead, or somebody else wrote first
 */
export async function makeRoom(world: RecordWorld, touchpoint: Touchpoint): Promise<boolean> {
  const holders = await findHolders(world, listIdentifiers(touchpoint.identifiers))
  let isDone = false
  for (const customer of new Set(holders.values())) isDone = (await endSome(world, customer, touchpoint)) || isDone
  return isDone
}

async function endSome(world: RecordWorld, customer: string, touchpoint: Touchpoint): Promise<boolean> {
  const before = await loadProfile(world, customer)
  if (before === undefined) return false
  const lessons = noLessons()
  const draft = new Draft(world.clock.now())
  draft.load(before)
  draft.change(before)
  const moment = { before, after: fold(before, touchpoint), touchpoint, hasMerged: false }
  const effects = (await advance(await situationOf(world, draft, moment, lessons))).filter(isEnding)
  for (const effect of effects.slice(0, MOST_TOGETHER)) applyEffect(draft, before.id, touchpoint, effect)
  return effects.length > 0 && commitDraft(world, draft, lessons)
}

function isEnding({ kind }: Effect): boolean {
  return kind === 'exit' || kind === 'goal'
}
