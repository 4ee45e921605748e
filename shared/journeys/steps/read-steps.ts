import * as z from 'zod'
import { byKey } from '../../documents/choice.ts'
import { name } from '../../documents/fields.ts'
import { stepKinds } from './catalog.ts'
import type { FailurePath, StepBase } from './step-kind.ts'

/** A sequence of steps as a document writes it. Ids are still empty: they need the whole journey (`nameSteps`). */
export const Steps: z.ZodType<readonly StepBase[]> = z.lazy(() => z.array(Step))

/** What every step may say besides its own. */
const Common = z.looseObject({
  name: name.optional(),
  'if it fails': z.union([z.enum(['continue', 'exit']), Steps]).default('exit'),
})

const Step: z.ZodType<StepBase> = z.lazy(() =>
  byKey(
    'step',
    Object.fromEntries(Object.entries(stepKinds).map(([kind, { schema }]) => [kind, stepOf(kind, schema(Steps))])),
  ),
) as z.ZodType<StepBase>

/** Reads what is common to all steps, then what is the kind's own, and reports both with their places. */
function stepOf(kind: string, own: z.ZodType<object>): z.ZodType<StepBase> {
  return z.unknown().transform((value, context) => {
    const common = Common.safeParse(value)
    const { name: _name, 'if it fails': _failure, ...rest } = value as Record<string, unknown>
    const particular = own.safeParse(rest)
    for (const issue of [...(common.error?.issues ?? []), ...(particular.error?.issues ?? [])])
      context.addIssue({ ...issue } as Parameters<typeof context.addIssue>[0])
    if (!common.success || !particular.success) return z.NEVER
    const ifItFails: FailurePath = common.data['if it fails']
    return { ...particular.data, kind, id: common.data.name ?? '', ifItFails }
  })
}
