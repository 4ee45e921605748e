import { kindOf, pathsOf } from './steps/catalog.ts'
import type { StepBase } from './steps/step-kind.ts'

/** Milliseconds that the longest path through these steps can last; a bound, not an estimate. */
export function longestStay(steps: readonly StepBase[]): number {
  return steps.reduce((sum, step) => {
    const paths = pathsOf(step).map((path) => longestStay(path.steps))
    return sum + kindOf(step).longest(step) + Math.max(0, ...paths)
  }, 0)
}
