const DOCS = 'docs/errors.md'

/** Where the docs explain a code. */
export function docsOf(code: string): string {
  return `${DOCS}#${code.replaceAll('.', '')}`
}

interface ErrorOptionsWithDetails {
  readonly cause?: unknown
  /** Ids and codes only: no addresses, no content. */
  readonly details?: Readonly<Record<string, unknown>>
}

/**
 * What all thrown classes share. `name` is a literal, because Step Functions matches on it and minifiers rename
 * classes; compare with `is`, never with `instanceof`, since two bundles may each hold a copy of the class.
 */
abstract class ThroughlineError extends Error {
  abstract override readonly name: string
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, options: ErrorOptionsWithDetails = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options.details ?? {}
  }

  /** Where the docs explain this code. */
  get docs(): string {
    return docsOf(this.code)
  }
}

/** The caller sent something we cannot accept. Never retried; HTTP 4xx. */
export class InvalidInput extends ThroughlineError {
  override readonly name = 'InvalidInput'
}

/** Somebody else wrote first. Retried at once with fresh data; HTTP 409. */
export class Conflict extends ThroughlineError {
  override readonly name = 'Conflict'
}

/** The outside failed. Retried later with back-off; HTTP 503. */
export class Unavailable extends ThroughlineError {
  override readonly name = 'Unavailable'
}

/** An operator must act; the message says what to set and where. Not retried. */
export class Misconfigured extends ThroughlineError {
  override readonly name = 'Misconfigured'
}

/** A bug: the message names the belief that broke. Not retried. */
export class Impossible extends ThroughlineError {
  override readonly name = 'Impossible'
}

/** A step's task raises it when the run it works for has ended: the machine goes to its end without doing anything. */
export class Left extends ThroughlineError {
  override readonly name = 'Left'
}

/** A step's task raises it when the journey is paused: the machine parks the run, and runs the same task again on resume. */
export class Paused extends ThroughlineError {
  override readonly name = 'Paused'
}

/**
 * Error names a machine retries with back-off: ours, and the ones Lambda reports for its own faults and for a function
 * that ended without an answer (docs.aws.amazon.com/step-functions, "Handle transient Lambda service exceptions").
 */
export const RETRYABLE = [
  'Unavailable',
  'Conflict',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
  'Runtime.ExitError',
] as const

/** What Step Functions says when Lambda has no room: nothing has run, and it may last. */
export const NO_ROOM = 'Lambda.TooManyRequestsException'

/** True when `error` is of the class named, whichever bundle made it. */
export function isNamed(error: unknown, name: string): error is ThroughlineError {
  return error instanceof Error && error.name === name
}

/** Adds what the reader needs to an unknown thrown value without losing it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/**
 * An error for the log. Our own messages hold no addresses and no content; of anybody else's only the name and the
 * place are kept.
 */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  const { name, code, message, stack, details } = (error ?? {}) as Partial<ThroughlineError>
  if (typeof code === 'string' && code.includes('.')) return { name, code, message, ...details }
  return {
    name,
    at: stack
      ?.split('\n')
      .filter((line) => line.trim().startsWith('at '))
      .slice(0, 3)
      .map((line) => line.trim()),
  }
}
