import type { Json } from '#shared/world/table.ts'
import type { Retrier, RunnableDefinition, StateDefinition } from './definition.ts'
import { compileTemplate, type Template } from './template.ts'

/** A definition with all its expressions ready; kept for as long as its executions run. */
export interface Machine {
  readonly name: string
  readonly startAt: string
  readonly states: ReadonlyMap<string, State>
}

/** What leaving a state does; without `next` it ends the execution. */
export interface Exit {
  readonly assign: Template | undefined
  readonly output: Template | undefined
  readonly next: string | undefined
}

export interface Task {
  readonly type: 'Task'
  readonly resource: string
  /** Whether the state ends by its token instead of by the function's answer. */
  readonly waitsForToken: boolean
  readonly arguments: Template | undefined
  readonly timeoutSeconds: Template | undefined
  readonly retriers: readonly Retrier[]
  readonly catchers: readonly { readonly errorEquals: readonly string[]; readonly exit: Exit }[]
  readonly exit: Exit
}

export type State =
  | Task
  | {
      readonly type: 'Choice'
      readonly rules: readonly { readonly condition: Template; readonly exit: Exit }[]
      readonly otherwise: Exit | undefined
    }
  | {
      readonly type: 'Wait'
      readonly seconds: Template | undefined
      readonly timestamp: Template | undefined
      readonly exit: Exit
    }
  /** Also what `Succeed` is: a state that leaves at once. */
  | { readonly type: 'Pass'; readonly exit: Exit }
  | { readonly type: 'Fail'; readonly error: Template | undefined; readonly cause: Template | undefined }

export function compileMachine(name: string, definition: RunnableDefinition): Machine {
  const states = Object.entries(definition.States).map(([state, given]) => [state, compileState(given)] as const)
  return { name, startAt: definition.StartAt, states: new Map(states) }
}

function compileState(state: StateDefinition): State {
  switch (state.Type) {
    case 'Task':
      return compileTask(state)
    case 'Choice':
      return {
        type: 'Choice',
        rules: state.Choices.map((rule, at) => ({
          condition: compileTemplate(rule.Condition, `Choices[${at}]/Condition`),
          exit: exitOf(rule, `Choices[${at}]/`),
        })),
        otherwise: state.Default === undefined ? undefined : exitOf({ ...state, Next: state.Default }),
      }
    case 'Wait':
      return {
        type: 'Wait',
        seconds: field(state.Seconds, 'Seconds'),
        timestamp: field(state.Timestamp, 'Timestamp'),
        exit: exitOf(state),
      }
    case 'Pass':
    case 'Succeed':
      return { type: 'Pass', exit: exitOf(state) }
    case 'Fail':
      return { type: 'Fail', error: field(state.Error, 'Error'), cause: field(state.Cause, 'Cause') }
  }
}

function compileTask(state: StateDefinition & { Type: 'Task' }): Task {
  return {
    type: 'Task',
    resource: state.Resource,
    waitsForToken: state.Resource.endsWith('.waitForTaskToken'),
    arguments: field(state.Arguments, 'Arguments'),
    timeoutSeconds: field(state.TimeoutSeconds, 'TimeoutSeconds'),
    retriers: state.Retry ?? [],
    catchers: (state.Catch ?? []).map((catcher, at) => ({
      errorEquals: catcher.ErrorEquals,
      exit: exitOf(catcher, `Catch[${at}]/`),
    })),
    exit: exitOf(state),
  }
}

interface Leaving {
  readonly Assign?: Json | undefined
  readonly Output?: Json | undefined
  readonly Next?: string | undefined
}

function exitOf({ Assign, Output, Next }: Leaving, place = ''): Exit {
  return { assign: field(Assign, `${place}Assign`), output: field(Output, `${place}Output`), next: Next }
}

function field(value: Json | undefined, name: string): Template | undefined {
  return value === undefined ? undefined : compileTemplate(value, name)
}
