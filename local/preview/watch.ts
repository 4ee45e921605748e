import { readFacts } from '#shared/journeys/runs/read-facts.ts'
import { executionName, type RunInput, RunInput as RunInputSchema, type TaskInput } from '#shared/journeys/runs/run.ts'
import { kindOf } from '#shared/journeys/steps/catalog.ts'
import type { StepBase } from '#shared/journeys/steps/step-kind.ts'
import { loadProfile } from '#shared/profiles/store.ts'
import { type Explanation, explain } from '#shared/segments/explain.ts'
import type { HttpRequest } from '#shared/world/http.ts'
import type { Item, Json, Table, Write } from '#shared/world/table.ts'
import type { World } from '#shared/world/world.ts'
import { afterWrites } from '../after-writes.ts'
import type { Visit } from '../machines/position.ts'

/** A run came to a step; from then on until it left it. */
export interface SeenStep {
  readonly kind: 'step'
  readonly run: RunInput
  readonly step: string
  readonly at: number
  until: number | undefined
  /** What the machine went on with; of several states of the step, the last. */
  output: Json | undefined
  /** What it asked about her, as it was at that moment. */
  asked: readonly Explanation[]
  /** What it would have called. */
  readonly calls: string[]
  /** Ids of what it sent, or did not. */
  readonly dispatches: Set<string>
}

export interface SeenTouchpoint {
  readonly kind: 'touchpoint'
  readonly at: number
  readonly row: Item
}

/** A run began, or something became of it. */
export interface SeenRun {
  readonly kind: 'run'
  readonly at: number
  readonly event: 'entered' | 'ended' | 'goal'
  readonly enrolment: string
  readonly row: Item
}

export type Seen = SeenStep | SeenTouchpoint | SeenRun

/** Keeps what happens in a preview, in the order in which it happens. */
export class Watch {
  readonly log: Seen[] = []
  readonly #now: () => number
  readonly #runs = new Map<string, RunInput>()
  readonly #current = new Map<string, SeenStep>()
  readonly #open = new Set<string>()

  constructor(now: () => number) {
    this.#now = now
  }

  /** Whether every run has ended that began since. */
  get isQuiet(): boolean {
    return this.#open.size === 0
  }

  /** Forgets what was there before. */
  begin(): void {
    this.log.length = 0
    this.#open.clear()
  }

  /** To be handed to the machines. */
  readonly observe = (visit: Visit, execution: string): void => {
    if (visit.kind === 'entered') this.#enter(visit, execution)
    else {
      const current = this.#current.get(execution)
      if (current !== undefined && stepOf(visit.state) === current.step) current.output = visit.output
    }
  }

  /** What the step that is being done asks about her. */
  async ask(world: Pick<World, 'table' | 'clock'>, task: TaskInput, step: StepBase): Promise<void> {
    const conditions = kindOf(step).asks?.(step) ?? []
    const current = this.#current.get(executionName(task.enrolment, task.run))
    const profile = conditions.length === 0 ? undefined : await loadProfile(world, task.customer)
    if (profile === undefined || current === undefined) return
    const facts = await readFacts(world, { profile, run: task, conditions })
    current.asked = conditions.map((condition) => explain(condition, facts))
  }

  /** How often a run has come to a step. */
  visits({ enrolment, run, step }: TaskInput): number {
    const seen = this.log.filter((one) => one.kind === 'step' && one.step === step && one.run.run === run)
    return seen.filter((one) => one.kind === 'step' && one.run.enrolment === enrolment).length
  }

  /** That the step which is being done would call somebody. */
  call({ enrolment, run }: TaskInput, { method, url }: HttpRequest): void {
    this.#current.get(executionName(enrolment, run))?.calls.push(`${method} ${url}`)
  }

  /** The same table, of which what is written to it is seen. */
  watched(table: Table): Table {
    return afterWrites(table, (operations) => {
      for (const row of operations.flatMap(rowOf).sort(byCause)) this.#written(row)
    })
  }

  #enter({ state, input }: Visit & { kind: 'entered' }, execution: string): void {
    const given = RunInputSchema.safeParse(input)
    if (given.success) this.#runs.set(execution, given.data)
    const run = this.#runs.get(execution)
    const current = this.#current.get(execution)
    const step = stepOf(state)
    if (run === undefined || current?.step === step) return
    if (current !== undefined) current.until = this.#now()
    const seen: SeenStep = {
      kind: 'step',
      run,
      step,
      at: this.#now(),
      until: undefined,
      output: undefined,
      asked: [],
      calls: [],
      dispatches: new Set(),
    }
    this.#current.set(execution, seen)
    this.log.push(seen)
  }

  #writtenRun(row: Item): void {
    const enrolment = row.sk.slice(2)
    const at = this.#now()
    if (row.state === 'pending') this.#open.add(enrolment)
    if (row.state === 'ended') this.#open.delete(enrolment)
    for (const event of eventsIn(row)) this.log.push({ kind: 'run', at, event, enrolment, row })
  }

  #written(row: Item): void {
    if (row.sk.startsWith('T#')) this.log.push({ kind: 'touchpoint', at: this.#now(), row })
    if (row.sk.startsWith('E#')) this.#writtenRun(row)
    if (row.sk.startsWith('D#'))
      this.#current.get(executionName(String(row.enrolment), Number(row.run)))?.dispatches.add(row.sk.slice(2))
  }
}

/** What a write makes of a row, as far as it says. */
function rowOf(write: Write): readonly Item[] {
  if ('put' in write) return [write.put]
  return 'set' in write ? [{ ...write.set, ...write.attributes }] : []
}

/** Of one commit the touchpoint comes first: it is the cause of the rest. */
function byCause(one: Item, other: Item): number {
  return Number(other.sk.startsWith('T#')) - Number(one.sk.startsWith('T#'))
}

/** What a write to an enrolment's row means. */
function eventsIn({ state, goalAt }: Item): readonly SeenRun['event'][] {
  const events: SeenRun['event'][] = goalAt === undefined ? [] : ['goal']
  if (state === 'pending') events.push('entered')
  if (state === 'ended') events.push('ended')
  return events
}

/** States of one step begin with its id; what follows it is set off. */
function stepOf(state: string): string {
  return state.split(/[? ]/)[0] ?? state
}
