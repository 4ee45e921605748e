import { kindOf, pathsOf } from './steps/catalog.ts'
import type { StepBase } from './steps/step-kind.ts'

/**
 * Milliseconds that the longest path through these steps can last; a bound, not an estimate.
 * @param own how long a step lasts without the steps inside; as its kind says, unless more is known.
 */
export function longestStay(steps: readonly StepBase[], own = (step: StepBase) => kindOf(step).longest(step)): number {
  return steps.reduce((sum, step) => {
    const paths = pathsOf(step).map((path) => longestStay(path.steps, own))
    return sum + own(step) + (kindOf(step).times?.(step) ?? 1) * Math.max(0, ...paths)
  }, 0)
}

/** Room for retries and restarts beyond the longest path. */
const GRACE = 7 * 86_400_000

/** When a run that begins with these steps is over, whatever happens. */
export function latestEnd(steps: readonly StepBase[], startsAt: number): number {
  return startsAt + longestStay(steps) + GRACE
}
