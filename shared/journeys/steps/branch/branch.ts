import * as z from 'zod'
import { misplaced } from '../../../documents/fields.ts'
import { Condition } from '../../../segments/condition.ts'
import { describe as describeCondition } from '../../../segments/describe.ts'
import { branchStates } from '../branch-states.ts'
import { conditionReferences } from '../condition-references.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface BranchStep extends StepBase {
  readonly kind: 'branch'
  /** The first whose condition holds is taken. */
  readonly cases: readonly { readonly if: Condition; readonly then: readonly StepBase[] }[]
  readonly otherwise: readonly StepBase[]
}

const Case = (steps: z.ZodType<readonly StepBase[]>) =>
  z.strictObject({
    if: Condition,
    then: steps,
    else: misplaced('Here "else" belongs to one case; it is for when none holds.', 'Indent it as "branch".'),
  })

export const branchStep: StepKind<BranchStep> = {
  key: 'branch',
  schema: (steps) =>
    z
      .strictObject({ branch: z.array(Case(steps)).min(1), else: steps.default([]) })
      .transform(({ branch, else: otherwise }) => ({ cases: branch, otherwise })),
  label: ({ cases }) => (cases[0] === undefined ? '' : describeCondition(cases[0].if)),
  paths: ({ cases, otherwise }) => [
    ...cases.map((one, index) => ({
      name: describeCondition(one.if),
      at: ['branch', index, 'then'],
      steps: one.then,
    })),
    { name: 'else', at: ['else'], steps: otherwise },
  ],
  references: ({ cases }) => conditionReferences(cases.map((one) => one.if)),
  longest: () => 0,
  asks: ({ cases }) => cases.map((one) => one.if),
  describe: ({ cases }) => `branch on ${cases.map((one) => describeCondition(one.if)).join('; ')}`,
  compile: (step, place) => branchStates(step, place, [...step.cases.map(({ then }) => then), step.otherwise]),
}
