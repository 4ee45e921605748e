import { Impossible } from '../../errors/errors.ts'
import { loadProfile } from '../../profiles/store.ts'
import type { Condition } from '../../segments/condition.ts'
import { evaluate } from '../../segments/evaluate.ts'
import type { World } from '../../world/world.ts'
import { journeyVersion } from '../live.ts'
import { readFacts } from '../read-facts.ts'
import type { TaskInput } from '../run.ts'
import { openRun } from '../run-guard.ts'
import type { BranchStep } from './branch/branch.ts'
import { findStep } from './find-step.ts'
import type { IfStep } from './if/if.ts'

/** Which path she takes: the first whose condition holds, or the one after the last. */
export async function decideBranch(
  input: TaskInput,
  world: Pick<World, 'table' | 'clock'>,
): Promise<{ readonly branch: number }> {
  const profile = await loadProfile(world, input.customer)
  openRun(profile, input)
  if (profile === undefined) throw new Impossible('run.no-profile', 'An open run has no profile.')
  const { content } = await journeyVersion(world, input.journey, input.version)
  const conditions = conditionsOf(findStep<IfStep | BranchStep>(content.document.steps, input.step))
  const facts = await readFacts(world, { profile, run: input, conditions })
  const branch = conditions.findIndex((condition) => evaluate(condition, facts))
  return { branch: branch < 0 ? conditions.length : branch }
}

function conditionsOf(step: IfStep | BranchStep): readonly Condition[] {
  return step.kind === 'if' ? [step.condition] : step.cases.map((one) => one.if)
}
