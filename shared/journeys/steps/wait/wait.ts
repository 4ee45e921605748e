import * as z from 'zod'
import { duration } from '../../../documents/fields.ts'
import { describeDuration } from '../../../time/duration.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface WaitStep extends StepBase {
  readonly kind: 'wait'
  /** Milliseconds. */
  readonly duration: number
}

export const waitStep: StepKind<WaitStep> = {
  key: 'wait',
  schema: () => z.strictObject({ wait: duration }).transform(({ wait }) => ({ duration: wait })),
  label: (step) => describeDuration(step.duration),
  paths: () => [],
  references: () => [],
  longest: (step) => step.duration,
  ways: (step) => [{ least: step.duration, most: step.duration }],
  passes: ({ duration: lasts }) => ({ lasts }),
  describe: (step) => `wait ${describeDuration(step.duration)}`,
  compile: (step, place) => {
    place.add(step.id, {
      Type: 'Wait',
      Seconds: Math.ceil(step.duration / 1_000),
      Output: "{% $merge([$states.input, {'waited': true}]) %}",
      Next: place.next,
    })
    return step.id
  },
}
