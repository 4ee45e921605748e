import type { Json, Key } from '../../world/table.ts'
import type { World } from '../../world/world.ts'
import { type Enrolment, markStarted, readEnrolment } from './enrolment.ts'
import { executionName, type RunInput } from './run.ts'
import type { WaitRow } from './wait-row.ts'

type DrainWorld = Pick<World, 'table' | 'machines'>

/**
 * Does what a committed row says is still to be done, and clears it: starts the machine of a pending enrolment, or
 * tells a machine how its wait ended. Safe to repeat, at any time.
 */
export async function drain(world: DrainWorld, key: Key): Promise<void> {
  const item = await world.table.get(key)
  if (item === undefined) return
  if (key.sk.startsWith('E#')) await startRun(world, readEnrolment(item))
  if (key.sk.startsWith('W#')) await resumeWait(world, item as WaitRow)
}

/** Starts the machine of a pending enrolment; one that has been started is left as it is. */
export async function startRun({ table, machines }: DrainWorld, enrolment: Enrolment): Promise<void> {
  if (enrolment.state !== 'pending') return
  await machines.start({
    machine: enrolment.machine,
    name: executionName(enrolment.id, enrolment.run),
    input: inputOf(enrolment) as Json,
  })
  await table.write([markStarted(enrolment)])
}

async function resumeWait({ table, machines }: DrainWorld, wait: WaitRow): Promise<void> {
  if (wait.outcome === undefined) return
  await machines.resume(wait.token, wait.outcome)
  await table.write([{ remove: { pk: wait.pk, sk: wait.sk }, when: { attributeIs: ['token', wait.token] } }])
}

function inputOf({ customer, id, run, journey, version, seen, splits, move }: Enrolment): RunInput {
  const more = { ...(splits === undefined ? {} : { splits }), ...(move === undefined ? {} : { move }) }
  return { customer, enrolment: id, run, journey, version, seen, ...more }
}
