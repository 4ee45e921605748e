import { isDeepStrictEqual } from 'node:util'
import { describeEntry } from '../entries/describe-entry.ts'
import type { Journey } from '../journey.ts'
import { kindOf, pathsOf } from '../steps/catalog.ts'
import { allSteps } from '../steps/name-steps.ts'
import type { StepBase } from '../steps/step-kind.ts'

/** One thing that is different, in words. */
export interface Change {
  readonly what: 'entry' | 'exit' | 'goal' | 'setting' | 'added' | 'removed' | 'changed' | 'moved'
  /** The step's id; absent where it is the journey itself. */
  readonly step?: string
  readonly text: string
}

/** What a new version of a journey does otherwise than an old one, as its documents say it. Steps are known by their names. */
export function describeDifference(before: Journey, after: Journey): readonly Change[] {
  return [...headChanges(before, after), ...stepChanges(before.steps, after.steps)]
}

type Setting = 'purpose' | 'holdout' | 'priority'

const SETTINGS: readonly Setting[] = ['purpose', 'holdout', 'priority']

function headChanges(before: Journey, after: Journey): readonly Change[] {
  const entry = entryChange(before, after)
  const exits = listChanges(before.exit, after.exit)
  const goal = isDeepStrictEqual(before.goal, after.goal)
    ? []
    : [{ what: 'goal', text: `the goal was ${goalText(before)}, and is ${goalText(after)}` } as const]
  const settings = SETTINGS.filter((name) => before[name] !== after[name]).map(
    (name): Change => ({
      what: 'setting',
      text: `${name} was ${valueText(name, before)}, and is ${valueText(name, after)}`,
    }),
  )
  return [...entry, ...exits, ...goal, ...settings]
}

function entryChange({ enter: before }: Journey, { enter: after }: Journey): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return []
  const [was, is] = [describeEntry(before), describeEntry(after)]
  return [
    {
      what: 'entry',
      text: was === is ? `the rules for entering on ${is} are others` : `entered on ${was}, and now on ${is}`,
    },
  ]
}

function listChanges(before: Journey['exit'], after: Journey['exit']): readonly Change[] {
  const missing = (from: Journey['exit'], others: Journey['exit']) =>
    from.filter((one) => !others.some((other) => isDeepStrictEqual(one, other)))
  return [
    ...missing(before, after).map(
      ({ when = 'a condition' }): Change => ({ what: 'exit', text: `no exit on ${when} any more` }),
    ),
    ...missing(after, before).map(
      ({ when = 'a condition' }): Change => ({ what: 'exit', text: `a new exit on ${when}` }),
    ),
  ]
}

function goalText({ goal }: Journey): string {
  return goal === undefined ? 'none' : goal.when
}

function valueText(name: Setting, journey: Journey): string {
  const value = journey[name]
  if (value === undefined) return 'none'
  return name === 'holdout' ? `${Math.round(Number(value) * 1_000) / 10}%` : String(value)
}

/** A step, and where it stands: in which path of which step, and after which. */
interface Standing {
  readonly step: StepBase
  readonly inside: string
}

function stepChanges(before: readonly StepBase[], after: readonly StepBase[]): readonly Change[] {
  const [old, now] = [standings(before), standings(after)]
  const removed = [...old.values()]
    .filter(({ step }) => !now.has(step.id))
    .map(({ step }) => ownChange('removed', step))
  const rest = [...now.values()].flatMap((standing): readonly Change[] => {
    const { step } = standing
    const known = old.get(step.id)
    if (known === undefined) return [ownChange('added', step)]
    return [...changeOf(known.step, step), ...(known.inside === standing.inside ? [] : [movedTo(standing)])]
  })
  return [...removed, ...rest, ...orderChanges(before, after)]
}

function ownChange(what: 'added' | 'removed', step: StepBase): Change {
  return { what, step: step.id, text: `${what}: ${kindOf(step).describe(step)}` }
}

function changeOf(before: StepBase, after: StepBase): readonly Change[] {
  if (isDeepStrictEqual(withoutInner(before), withoutInner(after))) return []
  const [was, is] = [kindOf(before).describe(before), kindOf(after).describe(after)]
  return [
    {
      what: 'changed',
      step: after.id,
      text: was === is ? `${is}, with other details` : `was "${was}", and is "${is}"`,
    },
  ]
}

function movedTo({ step, inside }: Standing): Change {
  const where = inside === '' ? 'the journey itself' : inside
  return { what: 'moved', step: step.id, text: `${kindOf(step).describe(step)} now stands in ${where}` }
}

/** Of the steps that both have in the same place, those that come in another order. */
function orderChanges(before: readonly StepBase[], after: readonly StepBase[]): readonly Change[] {
  const [old, now] = [standings(before), standings(after)]
  const stayed = (ids: Iterable<string>) => [...ids].filter((id) => old.get(id)?.inside === now.get(id)?.inside)
  const [was, is] = [stayed(old.keys()), stayed(now.keys())]
  return is.flatMap((id, place) => {
    const [previous, other] = [is[place - 1], was[was.indexOf(id) - 1]]
    const step = now.get(id)?.step
    if (step === undefined || previous === other || previous === undefined || was.indexOf(previous) < was.indexOf(id))
      return []
    return [{ what: 'moved', step: id, text: `${kindOf(step).describe(step)} now comes after ${previous}` } as const]
  })
}

function standings(steps: readonly StepBase[], inside = ''): ReadonlyMap<string, Standing> {
  const entries = steps.flatMap((step): readonly (readonly [string, Standing])[] => [
    [step.id, { step, inside }],
    ...pathsOf(step).flatMap(({ name, steps: within }) => [...standings(within, `${step.id}, ${name}`)]),
  ])
  return new Map(entries)
}

/** The step without those inside it, which are told of by themselves. */
function withoutInner(step: StepBase): unknown {
  const ids = new Set(allSteps([step]).map(({ id }) => id))
  ids.delete(step.id)
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((one) => !isStepIn(one, ids)).map(strip)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, strip(inner)]))
  }
  return strip(step)
}

function isStepIn(value: unknown, ids: ReadonlySet<string>): boolean {
  return typeof value === 'object' && value !== null && 'ifItFails' in value && ids.has(String((value as StepBase).id))
}
