import type { Json } from '#shared/world/table.ts'
import { QueryError, type Scope } from './expression.ts'
import type { Machine } from './machine.ts'

export type Variables = Readonly<Record<string, Json>>

/** Where an execution stands: all that must be kept to go on from here. */
export interface Position {
  readonly state: string
  readonly input: Json
  readonly variables: Variables
  readonly enteredAt: number
  /** Number of the history event at which the state was entered, as AWS counts them; causes name it. */
  readonly enteredEvent: number
  /** How many history events there have been. */
  readonly events: number
  /** Retries used, for each retrier of the state. */
  readonly attempts: readonly number[]
  /** What ends the state, where it waits for a token. */
  readonly token?: string
}

/** One execution at one instant, and what its transitions may draw on. */
export interface Run {
  readonly machine: Machine
  readonly execution: {
    readonly name: string
    readonly input: Json
    readonly startedAt: number
  }
  readonly now: number
  readonly random: () => number
  readonly newToken: () => string
  readonly observe?: ((visit: Visit, execution: string) => void) | undefined
}

/** A state that was entered or left, with the variables that leaving it assigned. */
export type Visit =
  | { readonly kind: 'entered'; readonly state: string; readonly input: Json }
  | { readonly kind: 'left'; readonly state: string; readonly output: Json; readonly assigned: Variables | undefined }

/** Error and cause as Step Functions reports them; `Fail` may leave out either. */
export interface Failure {
  readonly error?: string
  readonly cause?: string
}

/** Where a transition ends: at something to wait for, or for good. */
export type Stop =
  | { readonly kind: 'task'; readonly position: Position; readonly call: Call; readonly wakeAt: number | undefined }
  | { readonly kind: 'wait' | 'retry'; readonly position: Position; readonly wakeAt: number }
  | { readonly kind: 'succeeded'; readonly output: Json }
  | ({ readonly kind: 'failed' } & Failure)

export interface Call {
  readonly functionName: string
  readonly payload: Json
}

/** On to the next state of the same transition. */
export interface Move {
  readonly kind: 'move'
  readonly to: string
  readonly input: Json
  readonly variables: Variables
  readonly events: number
}

export type Step = Move | Stop

/** Thrown to fail the state with this error. */
export class StateFailed extends Error {
  override readonly name = 'StateFailed'
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.cause)
    this.failure = failure
  }
}

/** What a thrown error means to the machine; a bug of ours is thrown on. */
export function failureOf(error: unknown, position: Position): Failure {
  if (error instanceof StateFailed) return error.failure
  if (error instanceof QueryError)
    return { error: 'States.QueryEvaluationError', cause: `${placeOf(position)} ${error.message}` }
  throw error
}

/** How AWS begins the cause of what went wrong inside a state. */
export function placeOf({ state, enteredEvent }: Position): string {
  return `An error occurred while executing the state '${state}' (entered at the event id #${enteredEvent}).`
}

/** @param seen what `$states` holds here besides input and context: a task's result or its error. */
export function scopeOf(run: Run, position: Position, seen: Readonly<Record<string, Json>> = {}): Scope {
  let context: Json | undefined
  const states = {
    ...seen,
    input: position.input,
    // Only few expressions look at it.
    get context(): Json {
      context ??= contextOf(run, position)
      return context
    },
  }
  return { bindings: { ...position.variables, states }, now: run.now, random: run.random }
}

function contextOf({ machine, execution }: Run, position: Position): Json {
  return {
    Execution: {
      Id: `${machine.name}:${execution.name}`,
      Input: execution.input,
      Name: execution.name,
      StartTime: new Date(execution.startedAt).toISOString(),
      RedriveCount: 0,
    },
    State: {
      Name: position.state,
      EnteredTime: new Date(position.enteredAt).toISOString(),
      RetryCount: position.attempts.reduce((sum, used) => sum + used, 0),
    },
    StateMachine: { Id: machine.name, Name: machine.name },
    ...(position.token === undefined ? {} : { Task: { Token: position.token } }),
  }
}
