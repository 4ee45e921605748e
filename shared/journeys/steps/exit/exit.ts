import * as z from 'zod'
import { text } from '../../../documents/fields.ts'
import { DONE, quoted, task } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface ExitStep extends StepBase {
  readonly kind: 'exit'
  readonly reason: string
}

export const exitStep: StepKind<ExitStep> = {
  key: 'exit',
  schema: () => z.strictObject({ exit: text }).transform(({ exit }) => ({ reason: exit })),
  label: ({ reason }) => reason,
  paths: () => [],
  references: () => [],
  longest: () => 0,
  ways: () => [],
  describe: ({ reason }) => `exit: ${reason}`,
  compile: (step, place) => {
    place.add(step.id, task(step, place, { function: 'end-run', next: DONE, payload: { reason: quoted(step.reason) } }))
    return step.id
  },
}
