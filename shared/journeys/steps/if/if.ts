import * as z from 'zod'
import { Condition } from '../../../segments/condition.ts'
import { describe as describeCondition } from '../../../segments/describe.ts'
import { branchStates } from '../branch-states.ts'
import { conditionReferences } from '../condition-references.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface IfStep extends StepBase {
  readonly kind: 'if'
  readonly condition: Condition
  readonly then: readonly StepBase[]
  readonly otherwise: readonly StepBase[]
}

export const ifStep: StepKind<IfStep> = {
  key: 'if',
  schema: (steps) =>
    z
      .strictObject({ if: Condition, then: steps, else: steps.default([]) })
      .transform(({ if: condition, then, else: otherwise }) => ({ condition, then, otherwise })),
  label: ({ condition }) => describeCondition(condition),
  paths: ({ then, otherwise }) => [
    { name: 'then', at: ['then'], steps: then },
    { name: 'else', at: ['else'], steps: otherwise },
  ],
  references: ({ condition }) => conditionReferences([condition]),
  longest: () => 0,
  asks: ({ condition }) => [condition],
  describe: ({ condition }) => `if ${describeCondition(condition)}`,
  compile: (step, place) => branchStates(step, place, [step.then, step.otherwise]),
}
