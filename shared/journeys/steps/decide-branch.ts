import { Conflict, Impossible } from '../../errors/errors.ts'
import { loadProfile, putProfile } from '../../profiles/store.ts'
import { evaluate } from '../../segments/evaluate.ts'
import type { World } from '../../world/world.ts'
import { readFacts } from '../runs/read-facts.ts'
import type { TaskInput } from '../runs/run.ts'
import { openRun, withLast } from '../runs/run-guard.ts'
import { journeyVersion } from '../versions/live.ts'
import { kindOf } from './catalog.ts'
import { findStep } from './find-step.ts'

const MOST_ATTEMPTS = 20

/**
 * Which path she takes: the first whose condition holds, or the one after the last. Her profile keeps it, since nothing
 * else would say where she stands; whoever wrote meanwhile may have changed the answer, so it is asked again.
 */
export async function decideBranch(
  input: TaskInput,
  world: Pick<World, 'table' | 'clock'>,
): Promise<{ readonly branch: number }> {
  const { content } = await journeyVersion(world, input.journey, input.version)
  const step = findStep(content.document.steps, input.step)
  const conditions = kindOf(step).asks?.(step) ?? []
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const profile = await loadProfile(world, input.customer)
    openRun(profile, input)
    if (profile === undefined) throw new Impossible('run.no-profile', 'An open run has no profile.')
    const facts = await readFacts(world, { profile, run: input, conditions })
    const found = conditions.findIndex((condition) => evaluate(condition, facts))
    const branch = found < 0 ? conditions.length : found
    const { committed } = await world.table.write([
      putProfile(withLast(profile, input, { at: world.clock.now(), path: branch })),
    ])
    if (committed) return { branch }
  }
  throw new Conflict('branch.contention', 'Others kept writing to this customer; the branch is decided again.')
}
