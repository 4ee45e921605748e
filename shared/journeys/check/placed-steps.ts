import { pathsOf } from '../steps/catalog.ts'
import type { StepBase } from '../steps/step-kind.ts'
import type { Place, Placed } from './follow.ts'

/** Every step with its place in the document. */
export function placedSteps(steps: readonly StepBase[], path: Place = ['steps']): readonly Placed[] {
  return steps.flatMap((step, index) => {
    const place = [...path, index]
    return [{ step, place }, ...pathsOf(step).flatMap((inside) => placedSteps(inside.steps, [...place, ...inside.at]))]
  })
}
