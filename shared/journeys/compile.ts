import type { Definition } from '../world/machines.ts'
import type { Journey } from './journey.ts'
import { kindOf } from './steps/catalog.ts'
import { closingStates, END, type Place, type State } from './steps/place.ts'
import type { StepBase } from './steps/step-kind.ts'

type Compiled = Pick<Journey, 'journey' | 'steps'>

/**
 * Which compiler this is. Another one makes another version of a journey that is published again as it was, so that
 * those who enter from then on get what the new one can do; raise it when the machine of a document becomes another.
 */
export const COMPILER = '4'

/**
 * The state machine of a journey: one task for each step, JSONata mode, payloads of ids only. Its input is a
 * `RunInput`; every path ends with the task that ends the run, or in `done`.
 */
export function compileJourney(journey: Compiled): Definition {
  const { states, first } = statesOf(journey)
  return definition(`Journey ${journey.journey}`, first, states)
}

/**
 * The state machine of runs that are moved into a journey: it waits out what is left of a wait, and goes on at the step,
 * or after the step, that its input's `move` names.
 */
export function compileMoved(journey: Compiled): Definition {
  const { states, doors } = statesOf(journey)
  const choices = [...doors].flatMap(([id, { entry, next, rounds }]) => [
    arrival(`to ${id}`, entry, rounds),
    arrival(`after ${id}`, next, rounds),
  ])
  const moved: Record<string, State> = {
    [MOVED]: { Type: 'Wait', Timestamp: '{% $states.context.Execution.Input.move.from %}', Next: `${MOVED}?` },
    [`${MOVED}?`]: { Type: 'Choice', Choices: choices, Default: END },
  }
  return definition(`Moved into journey ${journey.journey}`, MOVED, { ...moved, ...states })
}

/** No step’s name has a space. */
const MOVED = 'moved here'

function arrival(to: string, Next: string, rounds: readonly string[]): State {
  const inRounds = rounds.map((round, index) => [round, `{% ${moveOf(`rounds[${index}]`, '1')} %}`])
  return {
    Condition: `{% $states.context.Execution.Input.move.to = ${JSON.stringify(to)} %}`,
    Next,
    ...(rounds.length === 0 ? {} : { Assign: Object.fromEntries(inRounds) }),
  }
}

/** A member of what the run's input says of its move, as a JSONata text. */
function moveOf(member: string, otherwise: string): string {
  const path = `$states.context.Execution.Input.move.${member}`
  return `($exists(${path}) ? ${path} : ${otherwise})`
}

/** Where a step is entered, where it leads, and the variables of the repeats around it. */
interface Door {
  readonly entry: string
  readonly next: string
  readonly rounds: readonly string[]
}

function statesOf({ steps }: Compiled) {
  const states: Record<string, State> = {}
  const doors = new Map<string, Door>()
  const add = (name: string, state: State): void => {
    states[name] = state
  }
  const first = compileSequence(steps, END, { add, rounds: [] }, doors)
  return { states, doors, first }
}

function definition(Comment: string, StartAt: string, states: Readonly<Record<string, State>>): Definition {
  const all = { ...states, ...closingStates() }
  // AWS refuses a state that nothing leads to.
  const reached = reachedStates({ StartAt, States: all })
  const States = Object.fromEntries(Object.entries(all).filter(([name]) => name in states || reached.has(name)))
  return { QueryLanguage: 'JSONata', Comment, StartAt, States }
}

/** From the last step to the first, so that each knows where it leads. */
function compileSequence(
  steps: readonly StepBase[],
  next: string,
  { add, rounds }: Pick<Place, 'add' | 'rounds'>,
  doors: Map<string, Door>,
): string {
  const sequence: Place['sequence'] = (list, goesOnAt, round) =>
    compileSequence(list, goesOnAt, { add, rounds: round === undefined ? rounds : [...rounds, round] }, doors)
  return steps.reduceRight((following, step) => {
    const entry = kindOf(step).compile(step, { next: following, rounds, add, sequence })
    doors.set(step.id, { entry, next: following, rounds })
    return entry
  }, next)
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
