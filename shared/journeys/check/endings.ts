import { pathsOf } from '../steps/catalog.ts'
import type { StepBase } from '../steps/step-kind.ts'
import type { Check, Finding } from './finding.ts'
import { type Place, waysOf } from './follow.ts'

/** A run that only waits to end could end at once. */
export const checkEndings: Check = ({ journey }) => idleEndings(journey.steps, ['steps'])

function* idleEndings(steps: readonly StepBase[], path: Place): Generator<Finding> {
  const index = steps.length - 1
  const last = steps[index]
  if (last === undefined) return
  const at = [...path, index]
  if (isPlainWait(last)) yield { at, severity: 'warning', ...NOTHING_FOLLOWS }
  // What stands inside the last step has nothing after it, either.
  for (const inside of pathsOf(last)) yield* idleEndings(inside.steps, [...at, ...inside.at])
}

const NOTHING_FOLLOWS = {
  message: 'Nothing follows this wait.',
  fix: 'Remove it, or say what comes after it.',
}

/** It lasts some time, and nothing that happens meanwhile makes a difference. */
function isPlainWait(step: StepBase): boolean {
  const [way, ...others] = waysOf(step)
  if (way === undefined || others.length > 0 || pathsOf(step).length > 0) return false
  return way.most > 0 && (way.sends ?? []).length === 0
}
