import { Impossible } from '#shared/errors/errors.ts'
import type { Json } from '#shared/world/table.ts'
import { QueryError } from './expression.ts'
import { leave } from './leave.ts'
import type { State } from './machine.ts'
import {
  type Failure,
  failureOf,
  type Move,
  type Position,
  placeOf,
  type Run,
  StateFailed,
  type Step,
  type Stop,
  scopeOf,
} from './position.ts'
import { LONGEST_SECONDS } from './retry.ts'
import { attempt, fail, lose, succeed } from './task.ts'
import { evaluateAs } from './template.ts'

/** What an execution that has stopped can be told. */
export type Happening =
  /** Its wait or its back-off is over. */
  | { readonly kind: 'due' }
  /** Its task has taken too long. */
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'answered'; readonly answer: Json }
  | ({ readonly kind: 'failed' } & Failure)
  /** The process ended while its task was running. */
  | { readonly kind: 'lost' }

/** From the start of a machine to its first stop. */
export function begin(run: Run): Promise<Stop> {
  return walk(run, {
    kind: 'move',
    to: run.machine.startAt,
    input: run.execution.input,
    variables: {},
    events: 1,
  })
}

/** From one stop to the next. */
export async function proceed(run: Run, position: Position, happening: Happening): Promise<Stop> {
  const state = stateAt(run, position.state)
  return walk(run, await guarded(position, () => told(run, state, position, happening)))
}

async function walk(run: Run, first: Step): Promise<Stop> {
  let step = first
  while (step.kind === 'move') step = await enter(run, step)
  return step
}

function told(run: Run, state: State, position: Position, happening: Happening): Promise<Step> {
  if (state.type === 'Wait') return leave(run, position, state.exit, { byDefault: position.input })
  if (state.type !== 'Task')
    throw new Impossible('machines.stopped-nowhere', `An execution stopped in ${position.state}, which never waits.`)
  switch (happening.kind) {
    case 'due':
      return attempt(run, state, position)
    case 'timed-out':
      return fail(run, state, position, { error: 'States.Timeout' })
    case 'answered':
      return succeed(run, state, position, happening.answer)
    case 'failed':
      return fail(run, state, position, failureOnly(happening))
    case 'lost':
      return lose(run, state, position)
  }
}

function failureOnly({ kind: _kind, ...failure }: Failure & { readonly kind: 'failed' }): Failure {
  return failure
}

/** docs.aws.amazon.com/step-functions, "Avoid reaching the history quota"; it also ends a loop of states that never wait. */
const MOST_EVENTS = 25_000

async function enter(run: Run, { to, input, variables, events }: Move): Promise<Step> {
  const entered = events + 1
  const position: Position = {
    state: to,
    input,
    variables,
    enteredAt: run.now,
    enteredEvent: entered,
    events: entered,
    attempts: [],
  }
  if (entered >= MOST_EVENTS)
    return {
      kind: 'failed',
      error: 'States.Runtime',
      cause: `The execution reached the maximum number of history events (${MOST_EVENTS}).`,
    }
  const state = stateAt(run, to)
  run.observe?.({ kind: 'entered', state: to, input }, run.execution.name)
  return guarded(position, () => arrive(run, state, position))
}

function arrive(run: Run, state: State, position: Position): Promise<Step> {
  switch (state.type) {
    case 'Pass':
      return leave(run, position, state.exit, { byDefault: position.input })
    case 'Task':
      return attempt(run, state, position)
    case 'Wait':
      return wait(run, state, position)
    case 'Choice':
      return choose(run, state, position)
    case 'Fail':
      return end(run, state, position)
  }
}

async function choose(run: Run, state: State & { type: 'Choice' }, position: Position): Promise<Step> {
  const scope = scopeOf(run, position)
  let exit = state.otherwise
  for (const rule of state.rules) {
    if (!(await evaluateAs(rule.condition, scope, 'boolean'))) continue
    exit = rule.exit
    break
  }
  if (exit !== undefined) return leave(run, position, exit, { byDefault: position.input })
  throw new StateFailed({
    error: 'States.Runtime',
    cause: `${placeOf(position)} Failed to transition out of the state. The state does not point to a next state.`,
  })
}

async function wait(run: Run, state: State & { type: 'Wait' }, position: Position): Promise<Step> {
  const scope = scopeOf(run, position)
  const wakeAt =
    state.seconds === undefined
      ? state.timestamp && instantOf(await evaluateAs(state.timestamp, scope, 'string'))
      : run.now + secondsOf(await evaluateAs(state.seconds, scope, 'number')) * 1_000
  if (wakeAt !== undefined && wakeAt > run.now) return { kind: 'wait', position, wakeAt }
  return leave(run, position, state.exit, { byDefault: position.input })
}

function secondsOf(seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= LONGEST_SECONDS) return seconds
  throw new QueryError(`The Seconds field is not an integer from 0 to ${LONGEST_SECONDS}: ${seconds}`)
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/

function instantOf(text: string): number {
  const instant = INSTANT.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(instant)) return instant
  throw new QueryError(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
  )
}

async function end(run: Run, state: State & { type: 'Fail' }, position: Position): Promise<Step> {
  const scope = scopeOf(run, position)
  const error = state.error && (await evaluateAs(state.error, scope, 'string'))
  const cause = state.cause && (await evaluateAs(state.cause, scope, 'string'))
  return { kind: 'failed', ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) }
}

function stateAt(run: Run, name: string): State {
  const state = run.machine.states.get(name)
  if (state === undefined) throw new Impossible('machines.no-such-state', `The machine has no state ${name}.`)
  return state
}

async function guarded(position: Position, work: () => Promise<Step>): Promise<Step> {
  try {
    return await work()
  } catch (error) {
    return { kind: 'failed', ...failureOf(error, position) }
  }
}
