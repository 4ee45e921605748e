import * as z from 'zod'
import { byKey, choice, listOr } from '../../documents/choice.ts'
import { run } from '../../documents/complaints.ts'
import { name } from '../../documents/fields.ts'
import { stepKinds } from './catalog.ts'
import { closingStates } from './place.ts'
import type { FailurePath, StepBase } from './step-kind.ts'

/** A sequence of steps as a document writes it. Ids are still empty: they need the whole journey (`nameSteps`). */
export const Steps: z.ZodType<readonly StepBase[]> = z.lazy(() => z.array(Step))

/** What every step may say besides its own. */
export const Common = z.looseObject({
  name: name
    .refine((given) => !(given in closingStates()), 'A journey’s machine uses this name itself; take another.')
    .optional(),
  'if it fails': listOr(Steps, z.enum(['continue', 'exit'])).default('exit'),
})

export const Step: z.ZodType<StepBase> = z.lazy(() =>
  byKey(
    'step',
    Object.fromEntries(Object.entries(stepKinds).map(([kind, { schema }]) => [kind, stepOf(kind, schema(Steps))])),
  ),
) as z.ZodType<StepBase>

/** Reads what is common to all steps, then what is the kind's own, and reports both with their places. */
function stepOf(kind: string, own: z.ZodType<object>): z.ZodType<StepBase> {
  const whole = z.unknown().transform((value, context): StepBase => {
    const common = run(Common, value)
    const { name: _name, 'if it fails': _failure, ...rest } = value as Record<string, unknown>
    const particular = run(own, rest)
    const issues = [...common.issues, ...particular.issues]
    // Not by `addIssue`, which takes a missing value for one that it is to fill in.
    context.issues.push(...issues)
    // With a key too many the step is whole, and zod goes on to what is made of it.
    if (issues.some(({ code }) => code !== 'unrecognized_keys')) return z.NEVER
    const ifItFails: FailurePath = common.value['if it fails']
    return { ...particular.value, kind, id: common.value.name ?? '', ifItFails }
  })
  // In JSON Schema it is what is its own; `documentSchemas` adds what is common.
  return choice([own], () => whole) as z.ZodType<StepBase>
}
