import { Activity } from '#local/activity.ts'
import { LocalClock } from '#local/clock.ts'
import { Database } from '#local/database.ts'
import { LocalMachines, type LocalMachinesOptions } from '#local/machines/local-machines.ts'
import type { Definition } from '#shared/world/machines.ts'
import type { Json } from '#shared/world/table.ts'

export const START = Date.UTC(2026, 10, 21, 12)
export const SECOND = 1_000
export const DAY = 86_400 * SECOND

const INVOKE = 'arn:aws:states:::lambda:invoke'

type States = Record<string, Record<string, unknown>>

/** A machine that starts at its first state. */
export function aMachine(states: States): Definition {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0] ?? '', States: states }
}

/** A task that ends the machine, unless it is told where to go on. */
export function aTask(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const exit = 'Next' in fields ? {} : { End: true }
  return { Type: 'Task', Resource: INVOKE, Arguments: { FunctionName: 'work' }, ...exit, ...fields }
}

/** As `aTask`, ended by the token that its function gets as its payload's `token`. */
export function aTokenTask(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const Arguments = { FunctionName: 'work', Payload: { token: '{% $states.context.Task.Token %}' } }
  return aTask({ Resource: `${INVOKE}.waitForTaskToken`, Arguments, ...fields })
}

export type Work = (payload: Json, call: number) => Json | Promise<Json>

/** An error as a function throws it: with a name that machines match on. */
export function anError(name: string, message = 'It did not work.'): Error {
  return Object.assign(new Error(message), { name })
}

/** The token in the payload of a call. */
export function tokenIn(payload: Json | undefined): string {
  return (payload as { readonly token: string }).token
}

/** Machines over a database, at a time that moves only by `clock.advance`, unless told otherwise. All of their tasks call `work`. */
export function aMachineWorld(
  options: Partial<LocalMachinesOptions> & {
    readonly path?: string
    readonly realNow?: () => number
    readonly work?: Work
  } = {},
) {
  const { path = ':memory:', realNow = () => START, work = () => null, ...rest } = options
  const activity = new Activity()
  const clock = new LocalClock({ activity, realNow })
  const database = new Database(path)
  const calls: Json[] = []
  const errors: string[] = []
  const note = (message: string, details: unknown) => errors.push(`${message} ${JSON.stringify(details)}`)
  const machines = new LocalMachines({
    database,
    clock,
    activity,
    invoke: async (_name, payload) => {
      calls.push(payload)
      return work(payload, calls.length)
    },
    log: { info: note, warn: note, error: note },
    check: () => [],
    ...rest,
  })
  clock.add(machines)
  const execution = () => machines.execution('machine', 'run')
  return {
    machines,
    clock,
    activity,
    database,
    /** The payloads of all invocations so far. */
    calls,
    /** What was logged. */
    errors,
    /** Publishes a machine and starts one execution of it; resolves when that waits or has ended. */
    async run(states: States, input: Json = {}) {
      const { machine } = await machines.publish('machine', aMachine(states))
      await machines.start({ machine, name: 'run', input })
      await activity.whenIdle()
      return execution()
    },
    execution,
  }
}
