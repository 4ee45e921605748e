/** What a function may do with the world; infrastructure turns each into the least that its role needs. */
export const PERMISSIONS = [
  /** Rows whose customer, document or day is known. */
  'table:read',
  /** To find what is due, who is in a segment, and which conversations are open. */
  'table:index',
  'table:write',
  /** To keep there what could not be handled, and nothing else. */
  'table:dead-letters',
  'bus:publish',
  'machines:publish',
  'machines:start',
  'machines:resume',
  'send:email',
  'send:sms',
  'send:push',
  'secrets:link-key',
  'secrets:webhook-key',
  'secrets:api-token',
  /** To know people who signed in; their tokens prove themselves, so that no right of AWS is needed. */
  'sign-in:read',
] as const

export type Permission = (typeof PERMISSIONS)[number]

/** For a function that may write to her on whichever channel. */
export const SENDING = ['send:email', 'send:sms', 'send:push'] as const satisfies readonly Permission[]

/** For a function that answers programs, by the token, and people, by their sign-in. */
export const CALLERS = ['secrets:api-token', 'sign-in:read'] as const satisfies readonly Permission[]

/** What starts a function. */
export type Trigger =
  /** Events on the bus, through a queue with a dead-letter queue, in batches. */
  | { readonly on: 'bus'; readonly batchSize: number; readonly batchSeconds: number }
  /** A state of a journey's machine. */
  | { readonly on: 'task' }
  /** HTTP requests under these paths; the more specific path wins, and `{name}` stands for anything. */
  | { readonly on: 'http'; readonly paths: readonly string[] }
  /** At a fixed rate; the embedded world runs it when something is due. */
  | { readonly on: 'schedule'; readonly everyMinutes: number }
  /** Committed changes of rows whose sort key begins with one of these. */
  | {
      readonly on: 'changes'
      readonly sortKeys: readonly string[]
      readonly batchSize: number
      readonly batchSeconds: number
    }
  /** Feedback of AWS's own services on the default bus. */
  | { readonly on: 'provider-events'; readonly sources: readonly string[] }

/** Said once: infrastructure, the embedded runtime, permissions and the reference are made from it. */
export interface Manifest<T extends Trigger = Trigger> {
  /** Verb and noun; also its folder, and the name that machines call it by. */
  readonly name: string
  readonly does: string
  readonly trigger: T
  readonly may: readonly Permission[]
  readonly timeoutSeconds: number
  readonly memoryMb: number
}
