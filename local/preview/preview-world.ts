import { RunInput, TaskInput } from '#shared/journeys/runs/run.ts'
import { kindOf } from '#shared/journeys/steps/catalog.ts'
import { findStep } from '#shared/journeys/steps/find-step.ts'
import type { StepBase } from '#shared/journeys/steps/step-kind.ts'
import { journeyVersion } from '#shared/journeys/versions/live.ts'
import type { Http } from '#shared/world/http.ts'
import type { Json } from '#shared/world/table.ts'
import type { Log, World } from '#shared/world/world.ts'
import { System } from '../system.ts'
import type { Choices } from './choices.ts'
import type { Watch } from './watch.ts'

export interface WorldOptions {
  /** When it begins (epoch ms). */
  readonly at: number
  readonly watch: Watch
  /** What webhooks answer, by the name that the answer is saved as. */
  readonly saved: Readonly<Record<string, Json>>
  /** What decides which way runs go, instead of what is true of her. */
  readonly choices: Choices | undefined
}

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} }

/** The embedded system in memory, its time standing still until it is advanced. Nothing leaves it. */
export function openWorld({ at, watch, saved, choices }: WorldOptions): System {
  return new System({
    publicUrl: 'https://preview.invalid',
    realNow: () => at,
    log: SILENT,
    observe: watch.observe,
    wrapWorld: (world) => ({
      ...world,
      table: watch.watched(world.table),
      machines: choices === undefined ? world.machines : choosing(world, choices),
      ids: countingIds(),
      http: CLOSED,
    }),
    aroundTask: async (call, world, run) => {
      const task = TaskInput.safeParse(call.payload)
      const step = task.success ? await stepOf(world, task.data) : undefined
      if (!task.success || step === undefined) return run(world)
      await watch.ask(world, task.data, step)
      const inside = { ...world, http: answering(step, saved, (request) => watch.call(task.data, request)) }
      return (
        choices?.around({ call, task: task.data, step, visit: watch.visits(task.data), world: inside, run }) ??
        run(inside)
      )
    },
  })
}

async function stepOf(world: World, { journey, version, step }: TaskInput): Promise<StepBase> {
  return findStep((await journeyVersion(world, journey, version)).content.document.steps, step)
}

/** Runs begin with the places in splits that were chosen. */
function choosing({ machines, table }: World, choices: Choices): World['machines'] {
  return {
    publish: (name, definition) => machines.publish(name, definition),
    resume: (token, outcome) => machines.resume(token, outcome),
    stop: (machine, name) => machines.stop(machine, name),
    start: async (request) => {
      const run = RunInput.parse(request.input)
      const { document } = (await journeyVersion({ table }, run.journey, run.version)).content
      return machines.start({ ...request, input: { ...run, splits: choices.places(document.steps) } })
    },
  }
}

/** The same preview gives the same ids, and so the same draws. */
function countingIds(): World['ids'] {
  let count = 0
  return { next: () => `preview-${++count}` }
}

const CLOSED: Http = { request: async () => ({ outcome: 'refused', reason: 'private-address' }) }

/** Whoever a webhook calls answers what was chosen; an empty object, unless something was. */
function answering(
  step: StepBase,
  saved: WorldOptions['saved'],
  called: (request: Parameters<Http['request']>[0]) => void,
): Http {
  const [name = ''] = kindOf(step).saves?.(step) ?? []
  const body = JSON.stringify(saved[name] ?? {})
  return {
    request: async (request) => {
      called(request)
      return { outcome: 'answered', status: 200, body }
    },
  }
}
