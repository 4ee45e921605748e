import type { LastStep } from '../../profiles/profile.ts'
import { kindOf, pathsOf } from '../steps/catalog.ts'
import type { StepBase } from '../steps/step-kind.ts'

/** Where a run stands. */
export interface Position {
  /** Undefined at the end. */
  readonly step?: string | undefined
  /** When it came there. */
  readonly since: number
  /** It waits there until then. */
  readonly until?: number | undefined
  /** The rounds of the repeats around the step, outermost first. */
  readonly rounds: readonly number[]
}

interface Spot {
  readonly step: StepBase
  /** The step that follows it in its sequence. */
  readonly next: string | undefined
  /** The step that its sequence stands in, as a path of it. */
  readonly inside: Spot | undefined
}

interface Going {
  /** Undefined at the end. */
  readonly spot: Spot | undefined
  readonly at: number
  readonly rounds: readonly number[]
}

/**
 * Where a run stands at an instant: from the last that is known of it, over waits that are over by then and the splits,
 * to the next step that something must do. Nothing needs to be written for it at a wait.
 */
export function positionOf(
  steps: readonly StepBase[],
  last: LastStep,
  splits: Readonly<Record<string, number>>,
  now: number,
): Position {
  const spots = spotsOf(steps)
  const { until, rounds = [] } = last
  if (until !== undefined && until > now) return { step: last.step, since: last.at, until, rounds }
  let going = afterLast(spots, steps, last)
  while (going.spot !== undefined) {
    const { spot, at } = going
    const { step } = spot
    const passing = kindOf(step).passes?.(step, splits)
    if (passing === undefined) return { step: step.id, since: at, rounds: going.rounds }
    const over = at + passing.lasts
    if (over > now) return { step: step.id, since: at, until: over, rounds: going.rounds }
    going = leave(spots, spot, passing.path, { at: over, rounds: going.rounds })
  }
  return { since: going.at, rounds: [] }
}

type Spots = ReadonlyMap<string, Spot>

function afterLast(spots: Spots, [first]: readonly StepBase[], last: LastStep): Going {
  const at = last.until ?? last.at
  if (last.step === undefined) return { spot: first && spots.get(first.id), at, rounds: [] }
  const spot = spots.get(last.step)
  const from = { at, rounds: last.rounds ?? [] }
  return spot === undefined || last.toCome ? { ...from, spot } : leave(spots, spot, last.path, from)
}

function leave(spots: Spots, spot: Spot, path: number | undefined, from: Omit<Going, 'spot'>): Going {
  const [first] = path === undefined ? [] : (kindOf(spot.step).paths(spot.step)[path]?.steps ?? [])
  if (first === undefined) return goOn(spots, spot, from)
  const rounds = isRepeat(spot) ? [...from.rounds, 1] : from.rounds
  return { ...from, spot: spots.get(first.id), rounds }
}

/** After the last step of a sequence comes what follows the step it stands in, unless that is gone through again. */
function goOn(spots: Spots, { next, inside }: Spot, from: Omit<Going, 'spot'>): Going {
  if (next !== undefined) return { ...from, spot: spots.get(next) }
  if (inside === undefined) return { ...from, spot: undefined }
  if (!isRepeat(inside)) return goOn(spots, inside, from)
  const { step } = inside
  const round = from.rounds.at(-1) ?? 1
  const outer = from.rounds.slice(0, -1)
  if (round >= (kindOf(step).times?.(step) ?? 1)) return goOn(spots, inside, { ...from, rounds: outer })
  if ((kindOf(step).asks?.(step) ?? []).length > 0) return { ...from, spot: inside, rounds: outer }
  const [first] = kindOf(step).paths(step)[0]?.steps ?? []
  return { ...from, spot: first && spots.get(first.id), rounds: [...outer, round + 1] }
}

function isRepeat({ step }: Spot): boolean {
  return kindOf(step).times !== undefined
}

const remembered = new WeakMap<readonly StepBase[], Spots>()

function spotsOf(steps: readonly StepBase[]): Spots {
  let spots = remembered.get(steps)
  if (spots === undefined) {
    spots = new Map(spotsIn(steps, undefined).map((spot) => [spot.step.id, spot]))
    remembered.set(steps, spots)
  }
  return spots
}

function spotsIn(steps: readonly StepBase[], inside: Spot | undefined): readonly Spot[] {
  return steps.flatMap((step, index) => {
    const spot = { step, next: steps[index + 1]?.id, inside }
    return [spot, ...pathsOf(step).flatMap((path) => spotsIn(path.steps, spot))]
  })
}
