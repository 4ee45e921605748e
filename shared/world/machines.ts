import type { Json } from './table.ts'

/** A state machine in Amazon States Language, JSONata mode. */
export interface Definition {
  readonly QueryLanguage: 'JSONata'
  readonly Comment?: string
  readonly StartAt: string
  readonly States: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface StartRequest {
  /** As `publish` returned it. */
  readonly machine: string
  /** Unique per machine over all its versions; at most 80 characters of `[A-Za-z0-9_-]`. */
  readonly name: string
  readonly input: Json
}

export type ResumeOutcome = { readonly output: Json } | { readonly error: string; readonly cause: string }

/**
 * Durable workflows: Step Functions Standard, or the embedded interpreter of the same language.
 * `gone` says that the execution or the wait is over already: too late, and nothing to do.
 */
export interface Machines {
  /** Makes an immutable version and returns what `start` takes; the same definition again gives the same version. */
  publish(name: string, definition: Definition): Promise<{ readonly machine: string }>
  /** Idempotent by name: a second start does nothing and says so. */
  start(request: StartRequest): Promise<'started' | 'already-started'>
  /** Ends the wait that handed out `token`. */
  resume(token: string, outcome: ResumeOutcome): Promise<'resumed' | 'gone'>
  /** Ends an execution without running anything more. */
  stop(machine: string, name: string): Promise<'stopped' | 'gone'>
}

/** docs.aws.amazon.com/step-functions, "Service quotas". */
export const MACHINE_LIMITS = { payloadBytes: 256 * 1024, nameCharacters: 80, definitionBytes: 1024 * 1024 } as const
