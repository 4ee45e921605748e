import { reachedStates } from '../compile.ts'
import { kindOf, pathsOf } from '../steps/catalog.ts'
import type { StepBase } from '../steps/step-kind.ts'
import type { Check, Finding } from './finding.ts'
import { goesOn, type Place } from './follow.ts'
import { placedSteps } from './placed-steps.ts'

/** No step is left that no path of the machine leads to. */
export const checkReach: Check = function* ({ journey, machine }) {
  if (machine !== undefined) yield* unreached(journey.steps, ['steps'], reachedStates(machine))
  for (const { step, place } of placedSteps(journey.steps))
    for (const path of kindOf(step).times === undefined ? [] : kindOf(step).paths(step))
      if (!goesOn(path.steps)) yield { at: [...place, ...path.at], ...NEVER_AGAIN }
}

/** The first step of each sequence that no path leads to. */
function* unreached(steps: readonly StepBase[], path: Place, reached: ReadonlySet<string>): Generator<Finding> {
  for (const [index, step] of steps.entries()) {
    const place = [...path, index]
    if (!reached.has(step.id)) {
      yield { at: place, ...(index === 0 ? CANNOT_HAPPEN : ENDED_BEFORE) }
      return
    }
    for (const inside of pathsOf(step)) yield* unreached(inside.steps, [...place, ...inside.at], reached)
  }
}

const NEVER_AGAIN = {
  message: 'There is no second round: every path through these steps ends the run.',
  fix: 'Write them without "repeat", or let one path go on.',
}

const CANNOT_HAPPEN = { message: 'Nobody reaches this step: what leads to it cannot happen.', fix: 'Remove it.' }

const ENDED_BEFORE = {
  message: 'Nobody reaches this step: the one before it always ends the run.',
  fix: 'Remove it, or move what ends the run.',
}
