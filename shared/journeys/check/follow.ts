import { kindOf } from '../steps/catalog.ts'
import type { Path, StepBase, Way } from '../steps/step-kind.ts'

export type Place = readonly (string | number)[]

/** A step and where it stands in the document. */
export interface Placed {
  readonly step: StepBase
  readonly place: Place
}

/** What is to be known at each point of a journey, whichever path led there. */
export interface Rules<S> {
  /** What is known after the step on one of its ways, before the steps inside. `index` is the place of its path. */
  pass(state: S, at: Placed, way: Way, index: number | undefined): S
  /** What is known where several paths meet. */
  join(states: readonly S[]): S
  /** True when what is known grows with every round of a repeat; else one round says it all. */
  readonly countsRounds?: boolean
}

/** Follows all paths through the steps at once; undefined when none of them goes on after the last. */
export function follow<S>(steps: readonly StepBase[], place: Place, from: S, rules: Rules<S>): S | undefined {
  let state = from
  for (const [index, step] of steps.entries()) {
    const after = followStep({ step, place: [...place, index] }, state, rules)
    if (after.length === 0) return undefined
    state = rules.join(after)
  }
  return state
}

/** Whether any path leads on after the last of the steps. */
export function goesOn(steps: readonly StepBase[]): boolean {
  return follow(steps, [], true, { pass: () => true, join: () => true }) === true
}

/** The ways to pass a step, as its kind tells them or as its paths do. */
export function waysOf(step: StepBase): readonly Way[] {
  const kind = kindOf(step)
  const told = kind.ways?.(step)
  if (told !== undefined) return told
  const times = { least: 0, most: kind.longest(step) }
  const paths = kind.paths(step)
  return paths.length === 0 ? [times] : paths.map((_, path) => ({ path, ...times }))
}

function followStep<S>(at: Placed, state: S, rules: Rules<S>): readonly S[] {
  const { step, place } = at
  const paths = kindOf(step).paths(step)
  const ways = waysOf(step)
  const ends = ways.flatMap((way) => {
    const inside = rules.pass(state, at, way, way.path)
    const path = way.path === undefined ? undefined : paths[way.path]
    return path === undefined ? [inside] : followPath(at, path, inside, rules)
  })
  if (step.ifItFails === 'exit') return ends
  const failed = rules.join(failuresOf(ways).map((way) => rules.pass(state, at, way, undefined)))
  if (step.ifItFails === 'continue') return [...ends, failed]
  const after = follow(step.ifItFails, [...place, 'if it fails'], failed, rules)
  return after === undefined ? ends : [...ends, after]
}

/** What failed may have sent its messages all the same. */
function failuresOf(ways: readonly Way[]): readonly Way[] {
  return [{ least: 0, most: 0 }, ...ways.map(({ sends = [] }) => ({ least: 0, most: 0, sends }))]
}

function followPath<S>({ step, place }: Placed, path: Path, from: S, rules: Rules<S>): readonly S[] {
  const inside = [...place, ...path.at]
  const times = kindOf(step).times?.(step)
  if (times === undefined) return defined(follow(path.steps, inside, from, rules))
  const ends = [from]
  let state: S | undefined = from
  for (let round = 0; state !== undefined && round < (rules.countsRounds ? times : 1); round++) {
    state = follow(path.steps, inside, state, rules)
    ends.push(...defined(state))
  }
  return ends
}

function defined<S>(state: S | undefined): readonly S[] {
  return state === undefined ? [] : [state]
}
