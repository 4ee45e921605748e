import type { Definition } from '../world/machines.ts'
import type { Journey } from './journey.ts'
import { kindOf } from './steps/catalog.ts'
import { closingStates, END, type Place, type State } from './steps/place.ts'
import type { StepBase } from './steps/step-kind.ts'

/**
 * The state machine of a journey: one task for each step, JSONata mode, payloads of ids only. Its input is a
 * `RunInput`; every path ends in `done`.
 */
export function compileJourney({ journey, steps }: Pick<Journey, 'journey' | 'steps'>): Definition {
  const states: Record<string, State> = {}
  const add = (name: string, state: State): void => {
    states[name] = state
  }
  const sequence = (list: readonly StepBase[], next: string): string => compileSequence(list, next, { add, sequence })
  const StartAt = sequence(steps, END)
  // AWS refuses a state that nothing leads to.
  const reached = reachedStates({ StartAt, States: { ...states, ...closingStates() } })
  for (const [name, state] of Object.entries(closingStates())) if (reached.has(name)) add(name, state)
  return { QueryLanguage: 'JSONata', Comment: `Journey ${journey}`, StartAt, States: states }
}

/** From the last step to the first, so that each knows where it leads. */
function compileSequence(
  steps: readonly StepBase[],
  next: string,
  { add, sequence }: Pick<Place, 'add' | 'sequence'>,
): string {
  return steps.reduceRight((following, step) => kindOf(step).compile(step, { next: following, add, sequence }), next)
}

/** The states that some path leads to. */
export function reachedStates({ StartAt, States }: Pick<Definition, 'StartAt' | 'States'>): ReadonlySet<string> {
  const reached = new Set([StartAt])
  // A set goes on to what is added to it meanwhile.
  for (const name of reached) for (const target of targetsOf(States[name] ?? {})) reached.add(target)
  return reached
}

/** The names of the states that one may go on to. */
function targetsOf({ Next, Default, Choices, Catch }: State): readonly string[] {
  const nested = [Choices, Catch].flatMap((list) => (Array.isArray(list) ? (list as State[]) : []))
  return [Next, Default, ...nested.map((one) => one.Next)].filter((target) => typeof target === 'string')
}
