import * as z from 'zod'
import { passedOn, task } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface UpdateStep extends StepBase {
  readonly kind: 'update'
  readonly set: Readonly<Record<string, string>>
  /** Numbers to add to traits that are numbers; one that is absent counts from 0. */
  readonly add: Readonly<Record<string, number>>
  /** Traits that are emptied. */
  readonly remove: readonly string[]
}

const amounts = z.record(
  z.string(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, 'What is added is a number.')
    .transform(Number),
)

export const updateStep: StepKind<UpdateStep> = {
  key: 'update',
  schema: () =>
    z
      .strictObject({
        update: z.strictObject({
          set: z.record(z.string(), z.string()).default({}),
          add: amounts.default({}),
          remove: z.array(z.string()).default([]),
        }),
      })
      .transform(({ update }) => update),
  label: ({ set, add, remove }) => [...Object.keys(set), ...Object.keys(add), ...remove].join(' '),
  paths: () => [],
  references: () => [],
  longest: () => 0,
  describe: ({ set, add, remove }) =>
    [
      ...Object.entries(set).map(([name, value]) => `set ${name} to ${value}`),
      ...Object.entries(add).map(([name, amount]) => `add ${amount} to ${name}`),
      ...remove.map((name) => `remove ${name}`),
    ].join(', '),
  compile: (step, place) => {
    place.add(
      step.id,
      task(step, place, { function: 'update-profile', next: place.next, extra: { Output: passedOn() } }),
    )
    return step.id
  },
}
