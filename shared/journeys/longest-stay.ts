import { kindOf } from './steps/catalog.ts'
import type { StepBase } from './steps/step-kind.ts'

/** Milliseconds that the longest path through these steps can last; a bound, not an estimate. */
export function longestStay(steps: readonly StepBase[]): number {
  return steps.reduce((sum, step) => {
    const paths = kindOf(step)
      .paths(step)
      .map((path) => longestStay(path.steps))
    const failure = typeof step.ifItFails === 'string' ? 0 : longestStay(step.ifItFails)
    return sum + kindOf(step).longest(step) + Math.max(0, failure, ...paths)
  }, 0)
}
