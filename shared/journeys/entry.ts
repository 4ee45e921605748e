import * as z from 'zod'
import { duration, share, text, touchpointType } from '../documents/fields.ts'
import { Condition, Where } from '../segments/condition.ts'
import { path } from '../segments/path.ts'

/** `never`, `always`, or `after 7 days`: per customer, whatever the key; read as milliseconds since she last entered. */
const again = z
  .union([z.enum(['never', 'always']), z.string().regex(/^after /, 'Write "never", "always" or, say, "after 7 days".')])
  .transform((written, context) => {
    if (written === 'never') return Number.MAX_SAFE_INTEGER
    if (written === 'always') return 0
    const read = duration.safeParse(written.slice('after '.length))
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: `"${written}" is not "never", "always" or, say, "after 7 days".` })
    return z.NEVER
  })

/** What lets a customer in. */
export const Entry = z
  .strictObject({
    when: touchpointType,
    where: Where.optional(),
    if: Condition.optional(),
    /** A property of the touchpoint: one run for each value of it. */
    key: path.optional(),
    'same key': z.enum(['restart', 'ignore']).default('ignore'),
    again: again.default(0),
  })
  .transform(({ 'same key': sameKey, ...rest }) => ({ ...rest, sameKey }))

export type Entry = z.infer<typeof Entry>

export const Exit = z
  .strictObject({ when: touchpointType.optional(), where: Where.optional(), if: Condition.optional() })
  .refine((exit) => exit.when !== undefined || exit.if !== undefined, {
    message: 'An exit says when (a touchpoint) or if (a condition on her).',
  })

export type Exit = z.infer<typeof Exit>

export const Goal = z.strictObject({
  when: touchpointType,
  where: Where.optional(),
  within: duration.default(30 * 86_400_000),
  /** A numeric property of the touchpoint, counted as what the goal was worth. */
  value: text.optional(),
})

export type Goal = z.infer<typeof Goal>

/** A control group that gets nothing, as a share of 1. */
export const Holdout = share
