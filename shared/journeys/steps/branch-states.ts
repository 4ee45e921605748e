import { type Place, task } from './place.ts'
import type { StepBase } from './step-kind.ts'

/** A task that says which of several paths to take, and the choice that takes it; the last path is the default. */
export function branchStates(step: StepBase, place: Place, paths: readonly (readonly StepBase[])[]): string {
  const entries = paths.map((steps) => place.sequence(steps, place.next))
  const choice = `${step.id}?`
  place.add(step.id, task(step, place, { function: 'decide-branch', next: choice }))
  place.add(choice, {
    Type: 'Choice',
    Choices: entries
      .slice(0, -1)
      .map((entry, index) => ({ Condition: `{% $states.input.branch = ${index} %}`, Next: entry })),
    Default: entries.at(-1) ?? place.next,
  })
  return step.id
}
