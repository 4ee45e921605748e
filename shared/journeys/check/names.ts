import type { StepBase } from '../steps/step-kind.ts'
import type { Check } from './finding.ts'
import type { Placed } from './follow.ts'
import { placedSteps } from './placed-steps.ts'

/** Two steps of one name would be one state of the machine. */
export const checkNames: Check = ({ journey }) =>
  sameNames(journey.steps).map(({ step: { id }, place }) => ({
    at: [...place, 'name'],
    message: `Two steps are named "${id}".`,
    fix: 'Give one of them another name.',
  }))

/** Steps whose name an earlier one has. */
export function sameNames(steps: readonly StepBase[]): readonly Placed[] {
  const taken = new Set<string>()
  return placedSteps(steps).filter(({ step: { id } }) => {
    const isTaken = taken.has(id)
    taken.add(id)
    return isTaken
  })
}
