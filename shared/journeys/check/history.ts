import { MOST_HOLDS } from '../../decisions/decide.ts'
import { reachedStates } from '../compile.ts'
import { kindOf, pathsOf } from '../steps/catalog.ts'
import { type State, WAIT_FOR_TOKEN } from '../steps/place.ts'
import type { StepBase } from '../steps/step-kind.ts'
import { waysOf } from './follow.ts'

/** Events in the history of an execution, retries apart. */
interface Events {
  /** When no message is held. */
  readonly usual: number
  /** When each is held as often as it may be. */
  readonly most: number
}

/** docs.aws.amazon.com/step-functions: entered, scheduled, started, succeeded, exited; entered, exited. */
const EVENTS_OF_A_TASK = 5
const EVENTS_OF_ANOTHER = 2
/** It was submitted as well. */
const EVENTS_OF_A_TOKEN_TASK = EVENTS_OF_A_TASK + 1
/** The execution started, the task that ends it, and it ended. */
const EVENTS_BESIDE = 1 + EVENTS_OF_A_TASK + 1

/** The history of a run that takes the longest path through the steps. */
export function eventsOf(steps: readonly StepBase[]): Events {
  return add(eventsOfSteps(steps), { usual: EVENTS_BESIDE, most: EVENTS_BESIDE })
}

function eventsOfSteps(steps: readonly StepBase[]): Events {
  return steps.map(eventsOfStep).reduce(add, { usual: 0, most: 0 })
}

function eventsOfStep(step: StepBase): Events {
  const inside = pathsOf(step).map((path) => eventsOfSteps(path.steps))
  const longest = {
    usual: Math.max(0, ...inside.map((one) => one.usual)),
    most: Math.max(0, ...inside.map((one) => one.most)),
  }
  const times = kindOf(step).times?.(step)
  if (times === undefined) return add(ownEvents(step, mostTries(step) * (MOST_HOLDS + 1)), longest)
  return add(scale(ownEvents(step, 1), times + 1), scale(longest, times))
}

/** On each channel it may be held anew. */
function mostTries(step: StepBase): number {
  return Math.max(1, ...waysOf(step).map(({ sends = [] }) => sends.length))
}

/** Compiling a step is what takes time here, and every step is asked several times. */
const remembered = new WeakMap<StepBase, Events>()

function ownEvents(step: StepBase, rounds: number): Events {
  const known = remembered.get(step) ?? countEvents(step, rounds)
  remembered.set(step, known)
  return known
}

/** The step's states, those that lead back to themselves so many times. */
function countEvents(step: StepBase, rounds: number): Events {
  const states: Record<string, State> = {}
  const entry = kindOf(step).compile(step, {
    next: 'next',
    rounds: [],
    // Failures and pauses apart, which are not what usually happens to a run.
    add: (name, { Catch: _, ...state }) => {
      states[name] = state
    },
    sequence: (_, next) => next,
  })
  return [...reachedStates({ StartAt: entry, States: states })]
    .map((name) => {
      const usual = eventsOfState(states[name])
      return { usual, most: usual * (leadsBack(name, states) ? rounds : 1) }
    })
    .reduce(add, { usual: 0, most: 0 })
}

function eventsOfState(state: State | undefined): number {
  if (state === undefined) return 0
  if (state.Type !== 'Task') return EVENTS_OF_ANOTHER
  return state.Resource === WAIT_FOR_TOKEN ? EVENTS_OF_A_TOKEN_TASK : EVENTS_OF_A_TASK
}

function leadsBack(name: string, states: Readonly<Record<string, State>>): boolean {
  const { Next, Default, Choices } = states[name] ?? {}
  const choices = Array.isArray(Choices) ? (Choices as readonly State[]).map((choice) => choice.Next) : []
  return [Next, Default, ...choices].some(
    (target) => typeof target === 'string' && reachedStates({ StartAt: target, States: states }).has(name),
  )
}

function add(one: Events, other: Events): Events {
  return { usual: one.usual + other.usual, most: one.most + other.most }
}

function scale({ usual, most }: Events, times: number): Events {
  return { usual: usual * times, most: most * times }
}
