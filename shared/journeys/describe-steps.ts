import { kindOf, pathsOf } from './steps/catalog.ts'
import type { StepBase } from './steps/step-kind.ts'

export interface StepLine {
  readonly id: string
  /** How deep it stands inside others; a path's name is a line of its own. */
  readonly depth: number
  readonly text: string
}

/** A journey as lines that can be read aloud. */
export function describeSteps(steps: readonly StepBase[], depth = 0): readonly StepLine[] {
  return steps.flatMap((step) => [
    { id: step.id, depth, text: kindOf(step).describe(step) },
    ...pathsOf(step)
      .filter((path) => path.steps.length > 0)
      .flatMap((path) => [
        { id: step.id, depth: depth + 1, text: `${path.name}:` },
        ...describeSteps(path.steps, depth + 2),
      ]),
  ])
}
