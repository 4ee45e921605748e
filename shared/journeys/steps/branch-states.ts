import { type Place, passedOn, task } from './place.ts'
import type { StepBase } from './step-kind.ts'

/** A task that says which of several paths to take, and the choice that takes it; the last path is the default. */
export function branchStates(step: StepBase, place: Place, paths: readonly (readonly StepBase[])[]): string {
  return choiceStates(
    step,
    place,
    paths.map((steps) => place.sequence(steps, place.next)),
  )
}

/** As `branchStates`, for paths that have their states already. @param entries the states that they begin with. */
export function choiceStates(step: StepBase, place: Place, entries: readonly string[]): string {
  const choice = `${step.id}?`
  const extra = { Output: passedOn({ branch: '$states.result.Payload.branch' }) }
  place.add(step.id, task(step, place, { function: 'decide-branch', next: choice, extra }))
  place.add(choice, {
    Type: 'Choice',
    Choices: entries
      .slice(0, -1)
      .map((entry, index) => ({ Condition: `{% $states.input.branch = ${index} %}`, Next: entry })),
    Default: entries.at(-1) ?? place.next,
  })
  return step.id
}
