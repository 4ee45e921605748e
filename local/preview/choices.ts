import type { TaskInput } from '#shared/journeys/runs/run.ts'
import { kindOf } from '#shared/journeys/steps/catalog.ts'
import { allSteps } from '#shared/journeys/steps/name-steps.ts'
import type { SendStep } from '#shared/journeys/steps/send/send.ts'
import { SPLIT_PLACES, type SplitStep } from '#shared/journeys/steps/split/split.ts'
import type { StepBase } from '#shared/journeys/steps/step-kind.ts'
import { loadProfile } from '#shared/profiles/store.ts'
import type { Json } from '#shared/world/table.ts'
import type { World } from '#shared/world/world.ts'
import type { Call } from '../machines/position.ts'

/** One of several ways on, and which of them was gone. */
export interface Choice {
  readonly key: string
  readonly step: string
  /** How the ways are called. */
  readonly options: readonly string[]
  readonly taken: number
}

/** A task of a machine, and how it is done. */
interface Doing {
  readonly call: Call
  readonly task: TaskInput
  readonly step: StepBase
  /** How often the run has come to the step. */
  readonly visit: number
  readonly world: World
  readonly run: (world: World) => Promise<Json>
}

/**
 * Decides in a preview's stead which way a run goes, whatever is true of the customer: by what is forced, and else the
 * first way. Keeps what it was asked.
 */
export class Choices {
  readonly #forced: ReadonlyMap<string, number>
  readonly #made = new Map<string, Choice>()

  constructor(forced: ReadonlyMap<string, number>) {
    this.#forced = forced
  }

  get made(): readonly Choice[] {
    return [...this.#made.values()]
  }

  /** Does a task, and has the run go on as was chosen. */
  async around({ call, task, step, visit, world, run }: Doing): Promise<Json> {
    const { asks, awaits, paths } = kindOf(step)
    const key = `${task.run} ${step.id} ${visit}`
    if (call.functionName === 'decide-branch' && asks !== undefined) {
      const names = paths(step).map(({ name }) => name)
      await run(world)
      return {
        branch: this.#choose(key, step, [
          ...asks(step).map((_, at) => names[at] ?? ''),
          names[asks(step).length] ?? 'on',
        ]),
      }
    }
    if (isDecisive(step) && this.#choose(key, step, ['sent', 'not sent']) === 1) return run({ ...world, providers: {} })
    const answer = await run(world)
    const token = tokenIn(call)
    const awaited = awaits?.(step) ?? []
    if (token === undefined || awaited.length === 0) return answer
    const came = this.#choose(key, step, ['none of it comes', ...awaited.map(({ when }) => when)]) - 1
    if (came < 0) return answer
    const seen = (await loadProfile(world, task.customer))?.version ?? 0
    await world.machines.resume(token, { output: { outcome: 'matched', matched: came, seen } })
    return answer
  }

  /** Her places in the splits of a journey. */
  places(steps: readonly StepBase[]): Record<string, number> {
    const splits = allSteps(steps).filter((step): step is SplitStep => step.kind === 'split')
    return Object.fromEntries(
      splits.map((step) => {
        const taken = this.#choose(
          step.id,
          step,
          step.into.map(({ name }) => name),
        )
        const before = step.into.slice(0, taken).reduce((sum, { share }) => sum + share, 0)
        return [step.split, Math.round(before * SPLIT_PLACES)]
      }),
    )
  }

  /** The same however often the same is asked. */
  #choose(key: string, { id: step }: StepBase, options: readonly string[]): number {
    const taken = this.#made.get(key)?.taken ?? this.#forced.get(key) ?? 0
    this.#made.set(key, { key, step, options, taken })
    return taken
  }
}

/** Whether it matters to the rest that a message does not go out. */
function isDecisive(step: StepBase): boolean {
  return step.kind === 'send' && (step as SendStep).ifNotSent !== 'continue'
}

function tokenIn({ payload }: Call): string | undefined {
  const { token } = payload as { readonly token?: Json }
  return typeof token === 'string' ? token : undefined
}
