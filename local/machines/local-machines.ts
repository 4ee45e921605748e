import { randomUUID } from 'node:crypto'
import { InvalidInput, messageOf } from '#shared/errors/errors.ts'
import {
  type Definition,
  MACHINE_LIMITS,
  type Machines,
  type ResumeOutcome,
  type StartRequest,
} from '#shared/world/machines.ts'
import type { Json } from '#shared/world/table.ts'
import type { Log } from '#shared/world/world.ts'
import type { Activity } from '../activity.ts'
import type { LocalClock, Sleeper } from '../clock.ts'
import type { Database } from '../database.ts'
import { checkDefinition } from './check-definition.ts'
import { type Execution, type ExecutionSummary, Executions, type NewExecution } from './executions.ts'
import { acceptPayload, copyOf } from './payload.ts'
import type { Call, Run, Stop } from './position.ts'
import { PublishedMachines } from './published-machines.ts'
import { Slots } from './slots.ts'
import { begin, type Happening, proceed } from './transitions.ts'

export interface LocalMachinesOptions {
  readonly database: Database
  readonly clock: LocalClock
  readonly activity: Activity
  /**
   * Runs a function by its name in the catalog.
   * @throws an Error whose `name` is the error name a machine sees, and whose message is the cause.
   */
  readonly invoke: (functionName: string, payload: Json) => Promise<Json>
  /** How many executions may be moving at once; those that wait for a time or a token do not count. */
  readonly concurrency?: number
  /** For jitter and `$random`: from 0 up to 1. */
  readonly random?: () => number
  readonly log?: Log
  /** What `publish` refuses, a line for each reason. */
  readonly check?: (definition: Definition) => readonly string[]
  /** Sees every state entered and left, before it is committed. */
  readonly observe?: Run['observe']
}

const NAME = new RegExp(`^[A-Za-z0-9_-]{1,${MACHINE_LIMITS.nameCharacters}}$`)

/**
 * Step Functions on one machine: runs the Amazon States Language in JSONata mode, durably. Every stop of an execution
 * (a task, a wait, its end) is one commit; the states between two stops are evaluated in between and leave no trace.
 * A task runs at least once: it is committed before it is invoked.
 */
export class LocalMachines implements Machines, Sleeper {
  readonly #options: LocalMachinesOptions
  readonly #published: PublishedMachines
  readonly #executions: Executions
  readonly #slots: Slots
  /** All that was due at or before this instant has been woken. */
  #wokenUntil = Number.MIN_SAFE_INTEGER
  /** What `nextWakeAt` said last. */
  #announced: number | undefined

  constructor(options: LocalMachinesOptions) {
    this.#options = options
    this.#published = new PublishedMachines(options.database)
    this.#executions = new Executions(options.database)
    this.#slots = new Slots(options.concurrency ?? 64)
  }

  /** @throws InvalidInput for what Step Functions would refuse, or what does not run here. */
  async publish(name: string, definition: Definition): Promise<{ readonly machine: string }> {
    assertName(name)
    const problems = (this.#options.check ?? checkDefinition)(definition)
    if (problems.length > 0)
      throw new InvalidInput('machines.bad-definition', `The definition of ${name} cannot run: ${problems.join('; ')}`)
    return { machine: `${name}:${await this.#published.publish(name, JSON.stringify(definition))}` }
  }

  /** @throws InvalidInput for a machine that was never published, a bad name or a large input. */
  start(request: StartRequest): Promise<'started' | 'already-started'> {
    return this.#options.activity.track(this.#start(request))
  }

  /** @throws InvalidInput for a large output. */
  resume(token: string, outcome: ResumeOutcome): Promise<'resumed' | 'gone'> {
    return this.#options.activity.track(this.#resume(token, outcome))
  }

  async stop(machine: string, name: string): Promise<'stopped' | 'gone'> {
    const now = this.#options.clock.now()
    const [machineName = ''] = machine.split(':')
    const stopped = await this.#options.database.commit(() => this.#executions.stop(machineName, name, now))
    return stopped ? 'stopped' : 'gone'
  }

  /** To be called once, after the database was opened: goes on with what was moving when the process ended. */
  recover(): void {
    const now = this.#options.clock.now()
    for (const id of this.#executions.invoked()) this.#inBackground(() => this.#recover(id, now))
    this.wake(now)
  }

  nextWakeAt(): number | undefined {
    this.#announced = this.#executions.nextWakeAt(this.#wokenUntil)
    return this.#announced
  }

  wake(now: number): void {
    const due = this.#executions.due(this.#wokenUntil, now)
    this.#wokenUntil = Math.max(this.#wokenUntil, now)
    for (const id of due) this.#inBackground(() => this.#wakeOne(id, now))
  }

  /** For tests and the console. */
  execution(machineName: string, name: string): ExecutionSummary | undefined {
    return this.#executions.summary(machineName, name)
  }

  counts(): Readonly<Record<ExecutionSummary['status'], number>> {
    return this.#executions.counts()
  }

  async #start({ machine, name, input }: StartRequest): Promise<'started' | 'already-started'> {
    assertName(name)
    const [machineName = '', version = ''] = machine.split(':')
    this.#published.get(machineName, Number(version))
    const now = this.#options.clock.now()
    const execution = {
      machine: machineName,
      version: Number(version),
      name,
      startedAt: now,
      input: acceptPayload(input, 'The input of an execution'),
    }
    const stop = await this.#transit(execution, begin)
    const id = await this.#options.database.commit(() => this.#executions.insert(execution, stop, now))
    if (id === undefined) return 'already-started'
    this.#stoppedAt({ execution: { ...execution, id, revision: 0 }, stop })
    return 'started'
  }

  async #resume(token: string, outcome: ResumeOutcome): Promise<'resumed' | 'gone'> {
    const happening: Happening =
      'output' in outcome
        ? { kind: 'answered', answer: acceptPayload(outcome.output, 'The output of a task') }
        : { kind: 'failed', error: outcome.error, cause: outcome.cause }
    const execution = this.#executions.byToken(token)
    if (execution === undefined) return 'gone'
    const moved = await this.#move(execution, happening)
    if (moved === undefined) return 'gone'
    this.#stoppedAt(moved)
    return 'resumed'
  }

  async #recover(id: number, now: number): Promise<void> {
    const execution = this.#executions.byId(id)
    // What is due by now was woken with the rest.
    if (execution === undefined || (execution.wakeAt ?? now + 1) <= now) return
    await this.#moveOn(execution, { kind: 'lost' })
  }

  async #wakeOne(id: number, now: number): Promise<void> {
    const execution = this.#executions.byId(id)
    if (execution?.wakeAt === undefined || execution.wakeAt > now) return
    const sleeps = execution.phase === 'wait' || execution.phase === 'retry'
    await this.#moveOn(execution, { kind: sleeps ? 'due' : 'timed-out' })
  }

  /** Undefined when something else has moved or ended the execution meanwhile. */
  async #move(execution: Stopped, happening: Happening): Promise<Moved | undefined> {
    const { id, revision, position } = execution
    const stop = await this.#transit(execution, (run) => proceed(run, position, happening))
    const now = this.#options.clock.now()
    const committed = await this.#options.database.commit(() => this.#executions.update(id, revision, stop, now))
    return committed ? { execution: { ...execution, revision: revision + 1 }, stop } : undefined
  }

  /** From one happening to where there is nothing to do but wait. */
  async #moveOn(execution: Stopped, happening: Happening): Promise<void> {
    const moved = await this.#move(execution, happening)
    if (moved !== undefined) await this.#follow(moved)
  }

  /** Invokes task after task until the execution waits or has ended. */
  async #follow({ execution, stop }: Moved): Promise<void> {
    this.#expect(stop)
    if (stop.kind !== 'task') return
    const { id, revision } = execution
    const happening = await this.#invoke(stop.call)
    if (stop.position.token !== undefined && happening.kind === 'answered')
      await this.#options.database.commit(() => this.#executions.parkOnToken(id, revision))
    else await this.#moveOn({ ...execution, position: stop.position }, happening)
  }

  /** Sees to it that a stop which was just committed is not the last. */
  #stoppedAt(moved: Moved): void {
    if (moved.stop.kind === 'task') this.#inBackground(() => this.#follow(moved))
    else this.#expect(moved.stop)
  }

  /** Has the clock wake us in time; also when it was set back behind what has been woken. */
  #expect(stop: Stop): void {
    const wakeAt = 'position' in stop ? stop.wakeAt : undefined
    if (wakeAt === undefined) return
    if (wakeAt <= this.#wokenUntil) this.#wokenUntil = wakeAt - 1
    if (this.#announced === undefined || wakeAt < this.#announced) this.#options.clock.reschedule()
  }

  async #invoke({ functionName, payload }: Call): Promise<Happening> {
    try {
      const answer: Json | undefined = await this.#options.invoke(functionName, copyOf(payload))
      return { kind: 'answered', answer: copyOf(answer ?? null) }
    } catch (error) {
      return { kind: 'failed', error: error instanceof Error ? error.name : 'Error', cause: messageOf(error) }
    }
  }

  /** A bug of ours ends the execution that met it, and nothing else. */
  async #transit(execution: NewExecution, transition: (run: Run) => Promise<Stop>): Promise<Stop> {
    try {
      return await transition(this.#runOf(execution))
    } catch (error) {
      const { machine, version, name } = execution
      this.#options.log?.error('A machine failed by itself', { machine, version, name, error: messageOf(error) })
      return { kind: 'failed', error: 'States.Runtime', cause: messageOf(error) }
    }
  }

  #runOf({ machine: machineName, version, ...execution }: NewExecution): Run {
    const machine = this.#published.get(machineName, version)
    const { clock, random = Math.random, observe } = this.#options
    return { machine, execution, now: clock.now(), random, newToken: randomUUID, observe }
  }

  #inBackground(work: () => Promise<void>): void {
    const { activity, log } = this.#options
    activity.begin()
    this.#slots
      .run(work)
      .catch((error) => log?.error('An execution cannot go on before the next start', { error: messageOf(error) }))
      .finally(() => activity.end())
  }
}

/** An execution that this process is moving, as of its last commit. */
type Moving = NewExecution & Pick<Execution, 'id' | 'revision'>
type Stopped = Moving & Pick<Execution, 'position'>

type Moved = { readonly execution: Moving; readonly stop: Stop }

function assertName(name: string): void {
  if (!NAME.test(name)) throw new InvalidInput('machines.bad-name', `A name must match ${NAME.source}.`)
}
