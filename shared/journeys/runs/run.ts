import { createHash } from 'node:crypto'
import * as z from 'zod'
import { shareOf } from '../../profiles/share-of.ts'
import { allSteps } from '../steps/name-steps.ts'
import { SPLIT_PLACES, type SplitStep } from '../steps/split/split.ts'
import type { StepBase } from '../steps/step-kind.ts'

/** What a machine is started with and hands to each of its tasks; it only ever gains optional fields. */
export const RunInput = z.object({
  customer: z.string(),
  enrolment: z.string(),
  run: z.number().int(),
  journey: z.string(),
  version: z.number().int(),
  /** The moment (of her profile's own time) at which the run began. */
  seen: z.number().optional(),
  splits: z.record(z.string(), z.number().int()).optional(),
  /** Where a run goes on that was moved here from another version. */
  move: z
    .object({
      /** `to send-hello` or `after wait-1-day`. */
      to: z.string(),
      /** ISO 8601: what is left of a wait is waited out until then. */
      from: z.string(),
      /** What is left of the time of an await that it goes on with. */
      seconds: z.number().int().optional(),
      /** In which round of the repeats around the step it is, outermost first. */
      rounds: z.array(z.number().int()).optional(),
    })
    .optional(),
})

export type RunInput = z.infer<typeof RunInput>

/** The input of a step's task. */
export const TaskInput = RunInput.extend({
  step: z.string(),
  /** The rounds of the repeats that the step stands in, outermost first; absent outside of them. */
  occurrence: z.array(z.number().int()).optional(),
})
export type TaskInput = z.infer<typeof TaskInput>

/** Short, deterministic and safe in keys, names and tags: 22 characters of `[A-Za-z0-9_-]`. */
export function stableId(...parts: readonly (string | number)[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 22)
}

/** What one doing of a step makes has one id, however often its task is tried. */
export function idOfStep(
  what: string,
  { enrolment, run, step, occurrence = [] }: Pick<TaskInput, 'enrolment' | 'run' | 'step' | 'occurrence'>,
): string {
  return stableId(what, enrolment, run, step, ...occurrence)
}

/** The same journey, customer and entry key always make the same enrolment. */
export function enrolmentId(journey: string, customer: string, key: string): string {
  return stableId('enrolment', journey, customer, key)
}

/** Names of executions are unique per machine over all its versions. */
export function executionName(enrolment: string, run: number): string {
  return `${enrolment}-${run}`
}

/** Her places in all splits of a journey, drawn once for the run's input. */
export function drawSplits(customer: string, steps: readonly StepBase[]): Record<string, number> | undefined {
  const splits = allSteps(steps).filter((step): step is SplitStep => step.kind === 'split')
  if (splits.length === 0) return undefined
  return Object.fromEntries(splits.map(({ split }) => [split, Math.floor(shareOf(customer, split) * SPLIT_PLACES)]))
}
