import * as z from 'zod'
import { name, share } from '../../../documents/fields.ts'
import type { Place } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

interface SplitArm {
  readonly name: string
  /** Of 1. */
  readonly share: number
  readonly then: readonly StepBase[]
}

export interface SplitStep extends StepBase {
  readonly kind: 'split'
  readonly split: string
  readonly into: readonly SplitArm[]
}

/** A customer's place in a split is one of so many. */
export const SPLIT_PLACES = 10_000

export const splitStep: StepKind<SplitStep> = {
  key: 'split',
  schema: (steps) =>
    z
      .strictObject({
        split: name,
        into: z
          .array(z.strictObject({ name, share, then: steps.default([]) }))
          .min(2, 'A split has two ways at the least.'),
      })
      .refine(({ into }) => Math.abs(into.reduce((sum, arm) => sum + arm.share, 0) - 1) < 1e-9, {
        path: ['into'],
        message: 'The shares of a split add up to 100%.',
      }),
  label: ({ split }) => split,
  paths: ({ into }) => into.map((arm, index) => ({ name: arm.name, at: ['into', index, 'then'], steps: arm.then })),
  references: () => [],
  longest: () => 0,
  asks: () => [],
  describe: ({ split, into }) =>
    `split ${split} into ${into.map((arm) => `${arm.name} ${Math.round(arm.share * 100)}%`).join(', ')}`,
  passes: (step, splits) => ({ lasts: 0, path: armOf(step, splits[step.split]) }),
  compile: compileSplit,
}

/** Up to which place each arm reaches. */
function boundsOf({ into }: SplitStep): readonly number[] {
  let upTo = 0
  return into.map(({ share }) => {
    upTo += share
    return Math.round(upTo * SPLIT_PLACES)
  })
}

function armOf(step: SplitStep, place: number | undefined): number {
  const arm = place === undefined ? -1 : boundsOf(step).findIndex((bound) => place < bound)
  return arm < 0 ? step.into.length - 1 : arm
}

/** Her place was drawn when she entered, so that a choice is enough and a second time gives the same. */
function compileSplit(step: SplitStep, place: Place): string {
  const { id, split, into } = step
  const bounds = boundsOf(step)
  const entries = into.map((arm) => place.sequence(arm.then, place.next))
  const drawn = `$lookup($states.context.Execution.Input.splits, ${JSON.stringify(split)})`
  place.add(id, {
    Type: 'Choice',
    Choices: entries
      .slice(0, -1)
      .map((entry, index) => ({ Condition: `{% ${drawn} < ${bounds[index]} %}`, Next: entry })),
    Default: entries.at(-1) ?? place.next,
  })
  return id
}
