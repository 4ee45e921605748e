import type { Json } from '#shared/world/table.ts'
import { QueryError } from './expression.ts'
import { leave } from './leave.ts'
import type { Task } from './machine.ts'
import { assertPayloadSize } from './payload.ts'
import {
  type Call,
  type Failure,
  failureOf,
  type Position,
  placeOf,
  type Run,
  StateFailed,
  type Step,
  scopeOf,
} from './position.ts'
import { LONGEST_SECONDS, matches, retryDelay, retryOf } from './retry.ts'
import { evaluateAs, evaluateTemplate } from './template.ts'

/** Gets a task ready to be invoked; a token that is there already is kept. */
export async function attempt(run: Run, task: Task, before: Position): Promise<Step> {
  const position = task.waitsForToken ? { ...before, token: before.token ?? run.newToken() } : before
  return handled(run, task, position, async () => {
    const scope = scopeOf(run, position)
    const seconds = task.timeoutSeconds && (await evaluateAs(task.timeoutSeconds, scope, 'number'))
    const given = task.arguments === undefined ? {} : await evaluateTemplate(task.arguments, scope)
    assertPayloadSize(given, position.state)
    return {
      kind: 'task',
      position: { ...position, events: position.events + 2 },
      call: callOf(task, position, given),
      wakeAt: deadlineOf(run, seconds),
    }
  })
}

/** @param answer of the function, or of whoever had the token. */
export async function succeed(run: Run, task: Task, position: Position, answer: Json): Promise<Step> {
  return handled(run, task, position, async () => {
    const result = isInvocation(task) ? { ExecutedVersion: '$LATEST', Payload: answer, StatusCode: 200 } : answer
    assertPayloadSize(result, isService(task) ? 'lambda' : task.resource)
    const done = { ...position, events: position.events + (task.waitsForToken ? 2 : 1) }
    return leave(run, done, task.exit, { seen: { result }, byDefault: result })
  })
}

/** Retry before Catch; without either the execution fails. */
export async function fail(run: Run, task: Task, position: Position, failure: Failure): Promise<Step> {
  const { token: _ended, ...rest } = position
  const failed = { ...rest, events: position.events + 1 }
  const retry = retryOf(task.retriers, position.attempts, failure.error)
  if (retry !== undefined) {
    const again = { ...failed, attempts: retry.attempts }
    const delay = retryDelay(retry.retrier, retry.used, run.random)
    return delay > 0 ? { kind: 'retry', position: again, wakeAt: run.now + delay } : attempt(run, task, again)
  }
  const catcher = task.catchers.find(({ errorEquals }) => matches(errorEquals, failure.error))
  if (catcher === undefined) return { kind: 'failed', ...failure }
  const errorOutput = { Error: failure.error ?? '', Cause: failure.cause ?? '' }
  return leave(run, failed, catcher.exit, { seen: { errorOutput }, byDefault: errorOutput })
}

/** The process ended while the task ran: a service error to a machine that retries those; else it runs once more. */
export async function lose(run: Run, task: Task, position: Position): Promise<Step> {
  const isRetried = task.retriers.some(({ ErrorEquals }) => matches(ErrorEquals, SERVICE_ERROR))
  if (!isRetried) return attempt(run, task, position)
  return fail(run, task, position, { error: SERVICE_ERROR, cause: 'The process ended while the task was running.' })
}

const SERVICE_ERROR = 'Lambda.ServiceException'

async function handled(run: Run, task: Task, position: Position, work: () => Promise<Step>): Promise<Step> {
  let failure: Failure
  try {
    return await work()
  } catch (error) {
    failure = failureOf(error, position)
  }
  return fail(run, task, position, failure)
}

function deadlineOf(run: Run, seconds: number | undefined): number | undefined {
  if (seconds === undefined) return undefined
  if (Number.isInteger(seconds) && seconds > 0 && seconds <= LONGEST_SECONDS) return run.now + seconds * 1_000
  throw new QueryError(`The TimeoutSeconds field is not a positive integer up to ${LONGEST_SECONDS}: ${seconds}`)
}

/** A service integration takes its function from the arguments; any other resource is itself what is invoked. */
function callOf(task: Task, position: Position, given: Json): Call {
  if (!isService(task)) return { functionName: task.resource, payload: given }
  const { FunctionName, Payload } = given as { readonly FunctionName?: Json; readonly Payload?: Json }
  if (typeof FunctionName === 'string') return { functionName: FunctionName, payload: Payload ?? {} }
  throw new StateFailed({
    error: 'States.Runtime',
    cause: `${placeOf(position)} The field 'FunctionName' must be a string.`,
  })
}

function isService(task: Task): boolean {
  return task.resource.startsWith('arn:aws:states:::lambda:invoke')
}

function isInvocation(task: Task): boolean {
  return isService(task) && !task.waitsForToken
}
