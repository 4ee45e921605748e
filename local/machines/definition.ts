import * as z from 'zod'
import type { Json } from '#shared/world/table.ts'

const Value = z.custom<Json>((value) => value !== undefined)
const Expression = z.templateLiteral(['{%', z.string(), '%}'])
const Assign = z.record(z.string(), Value)
const described = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONata').optional() }
const assigning = { Assign: Assign.optional(), Output: Value.optional() }
const leaving = { ...described, ...assigning, Next: z.string().optional(), End: z.literal(true).optional() }

const Retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string()).min(1),
  IntervalSeconds: z.int().positive().default(1),
  BackoffRate: z.number().min(1).default(2),
  MaxAttempts: z.int().nonnegative().default(3),
  MaxDelaySeconds: z.int().positive().optional(),
  JitterStrategy: z.enum(['NONE', 'FULL']).default('NONE'),
})
export type Retrier = z.infer<typeof Retrier>

const Catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: z.array(z.string()).min(1),
  Next: z.string(),
  ...assigning,
})

const Rule = z.strictObject({
  Comment: z.string().optional(),
  Condition: Expression,
  Next: z.string(),
  ...assigning,
})

const Task = z.strictObject({
  Type: z.literal('Task'),
  Resource: z.string(),
  Arguments: Value.optional(),
  TimeoutSeconds: z.union([z.int().positive(), Expression]).optional(),
  Retry: z.array(Retrier).optional(),
  Catch: z.array(Catcher).optional(),
  ...leaving,
})

const Wait = z.strictObject({
  Type: z.literal('Wait'),
  Seconds: z.union([z.int().nonnegative(), Expression]).optional(),
  Timestamp: z.string().optional(),
  ...leaving,
})

const Choice = z.strictObject({
  Type: z.literal('Choice'),
  Choices: z.array(Rule).min(1),
  Default: z.string().optional(),
  ...described,
  ...assigning,
})

const Pass = z.strictObject({ Type: z.literal('Pass'), ...leaving })
const Succeed = z.strictObject({ Type: z.literal('Succeed'), ...described, Output: Value.optional() })
const Fail = z.strictObject({
  Type: z.literal('Fail'),
  ...described,
  Error: z.string().optional(),
  Cause: z.string().optional(),
})

const State = z.discriminatedUnion('Type', [Task, Wait, Choice, Pass, Succeed, Fail], {
  error: 'only states of type Task, Wait, Choice, Pass, Succeed and Fail run here',
})
export type StateDefinition = z.infer<typeof State>

/** The part of the Amazon States Language that the embedded machines run; everything else is refused by its name. */
export const RunnableDefinition = z.strictObject({
  QueryLanguage: z.literal('JSONata'),
  Comment: z.string().optional(),
  StartAt: z.string(),
  States: z.record(z.string().min(1).max(80), State),
})
export type RunnableDefinition = z.infer<typeof RunnableDefinition>

/** One line for each thing that `RunnableDefinition` does not know or does not accept. */
export function shapeProblems(error: z.ZodError): readonly string[] {
  return error.issues.map(({ path, message }) => `${path.join('/')}: ${message}`)
}
