import { Impossible } from '../../errors/errors.ts'
import { allSteps } from './name-steps.ts'
import type { StepBase } from './step-kind.ts'

const remembered = new WeakMap<readonly StepBase[], ReadonlyMap<string, StepBase>>()

/**
 * The step of a published journey by its id; its kind is the one that the machine's task was compiled for.
 * @throws Impossible when the journey has no such step.
 */
export function findStep<S extends StepBase>(steps: readonly StepBase[], id: string): S {
  let known = remembered.get(steps)
  if (known === undefined) {
    known = new Map(allSteps(steps).map((step) => [step.id, step]))
    remembered.set(steps, known)
  }
  const step = known.get(id)
  if (step === undefined)
    throw new Impossible('journey.no-such-step', `A machine asked for step ${id}, which its journey does not have.`)
  return step as S
}
