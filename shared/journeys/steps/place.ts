import { NO_ROOM, RETRYABLE } from '../../errors/errors.ts'
import type { StepBase } from './step-kind.ts'

export type State = Readonly<Record<string, unknown>>

/** The state in which a path ends whose last step cannot end the run itself. */
export const END = 'end'
/** The machine's success; the run has ended already. */
export const DONE = 'done'
const FAILED = 'failed'

/** Seconds a step's function may take; leases and retries are made for it. */
export const TASK_SECONDS = 60

/** The machine under construction, as a step sees it. */
export interface Place {
  /** Where the path goes on after the step. */
  readonly next: string
  /** The variables that count the rounds of the repeats around the step, outermost first. */
  readonly rounds: readonly string[]
  add(name: string, state: State): void
  /** Compiles a sequence that goes on at `next`; an empty one is `next` itself. `round` counts how often it is gone through. */
  sequence(steps: readonly StepBase[], next: string, round?: string): string
}

interface TaskOptions {
  readonly function: string
  readonly next: string
  /** Members of the payload besides the run's ids, as JSONata texts. */
  readonly payload?: Readonly<Record<string, string>>
  readonly extra?: State
  readonly catches?: readonly State[]
}

/** A string constant in a JSONata expression. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

/** The round a variable counts; a run that was brought here from elsewhere is in its first. */
export function roundIn(variable: string): string {
  return `($exists($${variable}) ? $${variable} : 1)`
}

/** Tells one doing of a step inside a repeat from the next: the rounds, outermost first. */
function occurrence({ rounds }: Place): Record<string, string> {
  return rounds.length === 0 ? {} : { occurrence: `[${rounds.map(roundIn).join(', ')}]` }
}

/** A choice on the output of the step before. */
export function outcomeIs(...outcomes: readonly string[]): string {
  return `{% $states.input.outcome in [${outcomes.map(quoted).join(', ')}] %}`
}

/**
 * The output of a step that takes no time: what she has done since the step before is still for the one that follows.
 * @param more further members, as JSONata texts
 */
export function passedOn(more: Readonly<Record<string, string>> = {}): string {
  const members = { seen: '$states.input.seen', waited: '$states.input.waited', ...more }
  return `{% {${Object.entries(members)
    .map(([name, expression]) => `${quoted(name)}: ${expression}`)
    .join(', ')}} %}`
}

/**
 * One step, one task. Its payload is the run's input (ids only) with the step's id; its output carries `seen`, the
 * moment of the profile that it decided on; `waited` beside it says that the run has waited since, so that what came in
 * meanwhile is not for the step that follows. It retries what is worth it, leaves when the run has ended, parks the run
 * while the journey is paused, and takes the step's failure path for everything else.
 */
export function task(step: StepBase, place: Place, options: TaskOptions): State {
  const failure = failureState(step, place)
  const parked = addParking(step, place, failure)
  const payload = { step: quoted(step.id), ...occurrence(place), pausable: 'true', ...options.payload }
  return {
    ...callState(options.function, payload, options.extra),
    Catch: [
      LEAVE,
      { ErrorEquals: ['Paused'], Output: `{% $merge([$states.input, {'held': ${CAME_AT}}]) %}`, Next: parked },
      ...(options.catches ?? []),
      otherwise(step, failure),
    ],
    ...onTo(options.next),
  }
}

/** A task that ends the run ends the machine as well: a state to succeed in would be one more to pay for. */
function onTo(next: string): State {
  return next === DONE ? { End: true } : { Next: next }
}

/** When the run came to the step, whatever has held it there since; a JSONata text. */
export const CAME_AT = '($states.input.held ? $states.input.held : $states.context.State.EnteredTime)'

/** An execution lives no longer than a year. */
const YEAR_SECONDS = 31_536_000

/** Where a run stands still while its journey is paused: a token ends it, and the same task runs with what it was given. */
function addParking(step: StepBase, place: Place, failure: string): string {
  const name = `${step.id} paused`
  const payload = { step: quoted(step.id), ...occurrence(place), ...TOKEN }
  const extra = { Resource: WAIT_FOR_TOKEN, TimeoutSeconds: YEAR_SECONDS, Output: '{% $states.input %}' }
  place.add(name, {
    ...callState('park-run', payload, extra),
    Catch: [LEAVE, otherwise(step, failure)],
    Next: step.id,
  })
  return name
}

/** A task that is ended by whoever has its token. */
export const WAIT_FOR_TOKEN = 'arn:aws:states:::lambda:invoke.waitForTaskToken'

/** What its function is told. */
export const TOKEN = { token: '$states.context.Task.Token', attempt: '$states.context.State.RetryCount' } as const

const LEAVE: State = { ErrorEquals: ['Left'], Next: DONE }

function otherwise(step: StepBase, failure: string): State {
  const Output = passedOn({ error: '$states.errorOutput.Error', at: quoted(step.id) })
  return { ErrorEquals: ['States.ALL'], Output, Next: failure }
}

/** The states in which every machine ends. */
export function closingStates(): Readonly<Record<string, State>> {
  return {
    [END]: { ...callState('end-run', { reason: quoted('completed') }), Catch: [LEAVE], End: true },
    [FAILED]: {
      ...callState('end-run', { reason: quoted('failed'), error: '$states.input.error', at: '$states.input.at' }),
      Catch: [LEAVE],
      End: true,
    },
    [DONE]: { Type: 'Succeed' },
  }
}

function failureState({ ifItFails }: StepBase, place: Place): string {
  if (ifItFails === 'exit') return FAILED
  return ifItFails === 'continue' ? place.next : place.sequence(ifItFails, place.next)
}

/** From seconds to minutes, and never all at the same time. */
const BACK_OFF = { IntervalSeconds: 2, BackoffRate: 2, MaxDelaySeconds: 300, JitterStrategy: 'FULL' } as const

/** A function that does not answer is called again; a state with a time limit of its own takes the silence for an answer. */
function callState(name: string, payload: Readonly<Record<string, string>>, extra: State = {}): State {
  const members = Object.entries(payload).map(([key, expression]) => `${quoted(key)}: ${expression}`)
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    TimeoutSeconds: TASK_SECONDS,
    Arguments: {
      FunctionName: name,
      Payload: `{% $merge([$states.context.Execution.Input, {${members.join(', ')}}, $states.input.again]) %}`,
    },
    Output: '{% $states.result.Payload %}',
    Retry: [
      { ErrorEquals: [NO_ROOM], MaxAttempts: 10, ...BACK_OFF },
      {
        ErrorEquals: 'TimeoutSeconds' in extra ? [...RETRYABLE] : [...RETRYABLE, 'States.Timeout'],
        MaxAttempts: 6,
        ...BACK_OFF,
      },
    ],
    ...extra,
  }
}
