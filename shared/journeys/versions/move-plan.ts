import * as z from 'zod'
import type { Journey } from '../journey.ts'
import type { StandingRun } from '../runs/open-runs.ts'
import type { Stand } from '../runs/stand.ts'
import { kindOf } from '../steps/catalog.ts'
import { allSteps } from '../steps/name-steps.ts'
import type { StepBase } from '../steps/step-kind.ts'

/** What becomes of customers whose journey has a new version, where it is not plain from the names of the steps. */
export const MoveRules = z.strictObject({
  /** Old step → new step, where they have not the same name. */
  steps: z.record(z.string(), z.string()).default({}),
  /** Old steps whose customers stay on their version. */
  stay: z.array(z.string()).default([]),
  /** A wait under way keeps its time, starts again, or its customers stay on their version. */
  waits: z.enum(['keep', 'restart', 'leave']).default('keep'),
})

export type MoveRules = z.infer<typeof MoveRules>

/** Why somebody is not moved. */
export type Staying = 'rule' | 'wait' | 'conversation' | 'ending' | 'no-counterpart'

export type Destination =
  | { readonly kind: 'stay'; readonly because: Staying }
  /** `after` goes on behind the step. The rest of a wait is waited out until `until`, or is the time of the await there. */
  | {
      readonly kind: 'move'
      readonly step: string
      readonly after: boolean
      readonly until?: number | undefined
      readonly awaits?: boolean | undefined
    }

/** Where a run goes on in the new version, from where it stands in the old one. */
export function destinationOf(
  old: Pick<Journey, 'steps'>,
  target: Pick<Journey, 'steps'>,
  rules: MoveRules,
  stand: Stand,
): Destination {
  const { step: id, until } = stand
  if (id === undefined) return stay('ending')
  if (rules.stay.includes(id)) return stay('rule')
  const from = stepIn(old.steps, id)
  const step = stepIn(target.steps, rules.steps[id] ?? id)
  if (from === undefined || step === undefined) return stay('no-counterpart')
  if (until === undefined) return { kind: 'move', step: step.id, after: false }
  // A second handing over would be a second conversation.
  if (from.kind === 'hand over') return stay('conversation')
  if (rules.waits === 'leave') return stay('wait')
  return rules.waits === 'restart' ? { kind: 'move', step: step.id, after: false } : keptWait(step, until)
}

/** A wait ends where it was to end; an await listens for what is left of its time; a date is looked at anew. */
function keptWait(step: StepBase, until: number): Destination {
  const place = { kind: 'move', step: step.id } as const
  if (step.kind === 'wait') return { ...place, after: true, until }
  if (step.kind === 'await') return { ...place, after: false, until, awaits: true }
  if (step.kind === 'wait until') return { ...place, after: false }
  return { ...place, after: false, until }
}

function stay(because: Staying): Destination {
  return { kind: 'stay', because }
}

function stepIn(steps: readonly StepBase[], id: string): StepBase | undefined {
  return allSteps(steps).find((step) => step.id === id)
}

/** What is to become of all who stand at one step of one version. */
export interface PlannedStep {
  readonly version: number
  /** Undefined at the end of the journey. */
  readonly step: string | undefined
  readonly doing: string
  readonly customers: number
  /** How many of them wait there for a time or a touchpoint. */
  readonly waiting: number
  /** The step of the new version that they go to; undefined where all of them stay. */
  readonly to: string | undefined
  /** Why those stay who do. */
  readonly stay: Partial<Readonly<Record<Staying, number>>>
}

export interface MovePlan {
  readonly journey: string
  readonly steps: readonly PlannedStep[]
  /** False where there are more customers than one plan counts. */
  readonly isWhole: boolean
  /** What keeps the plan from being carried out: steps that need a rule. */
  readonly refused: readonly string[]
}

/** A plan for the runs that are not on the target version. */
export function planMove(
  journey: string,
  runs: {
    readonly runs: readonly (StandingRun & { readonly old: Pick<Journey, 'steps'> })[]
    readonly isWhole: boolean
  },
  target: Pick<Journey, 'steps'>,
  rules: MoveRules,
): MovePlan {
  const groups = [
    ...Map.groupBy(runs.runs, ({ enrolment, stand }) => `${enrolment.version} ${stand.step ?? ''}`).values(),
  ]
  const steps = groups.map((group) => planStep(group, target, rules))
  const lacking = groups.flatMap(([first], place) => {
    const {
      step,
      stay: { 'no-counterpart': count },
    } = steps[place] ?? { stay: {} }
    if (first === undefined || step === undefined || count === undefined) return []
    return [refusal(step, count, rules.steps[step], newOfItsKind(step, first.old, target))]
  })
  return {
    journey,
    steps: steps.sort((a, b) => a.version - b.version),
    isWhole: runs.isWhole,
    refused: lacking,
  }
}

function refusal(
  step: string,
  count: number,
  wrong: string | undefined,
  [to = '<new step>']: readonly string[],
): string {
  const who = count === 1 ? '1 customer stands' : `${count} customers stand`
  const lack =
    wrong === undefined
      ? `at ${step}, which the new version does not have`
      : `at ${step}, and the new version has no ${wrong}`
  return `${who} ${lack}: say --step ${step}=${to}, or --stay ${step}.`
}

/** Steps of the same kind that are new. */
function newOfItsKind(id: string, old: Pick<Journey, 'steps'>, target: Pick<Journey, 'steps'>): readonly string[] {
  const kind = stepIn(old.steps, id)?.kind
  return allSteps(target.steps).flatMap((step) =>
    step.kind === kind && stepIn(old.steps, step.id) === undefined ? [step.id] : [],
  )
}

function planStep(
  group: readonly (StandingRun & { readonly old: Pick<Journey, 'steps'> })[],
  target: Pick<Journey, 'steps'>,
  rules: MoveRules,
): PlannedStep {
  const [first] = group
  const found = group.map(({ old, stand }) => destinationOf(old, target, rules, stand))
  const staying = found.flatMap((one) => (one.kind === 'stay' ? [one.because] : []))
  const step = first?.stand.step
  const known = first === undefined || step === undefined ? undefined : stepIn(first.old.steps, step)
  return {
    version: first?.enrolment.version ?? 0,
    step,
    doing: known === undefined ? 'at its end' : kindOf(known).describe(known),
    customers: group.length,
    waiting: group.filter(({ stand }) => stand.until !== undefined).length,
    to: found.flatMap((one) => (one.kind === 'move' ? [`${one.after ? 'after ' : ''}${one.step}`] : []))[0],
    stay: countsOf(staying),
  }
}

function countsOf(reasons: readonly Staying[]): PlannedStep['stay'] {
  return Object.fromEntries([...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => [reason, all.length]))
}
