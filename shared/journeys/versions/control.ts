import * as z from 'zod'
import { forget, fresh } from '../../documents/fresh.ts'
import { Conflict, Paused } from '../../errors/errors.ts'
import type { Item, Key, Table, Write } from '../../world/table.ts'
import type { World } from '../../world/world.ts'

/** `paused` holds everybody at her next step; `retired` takes nobody new and lets those inside finish. */
export type JourneyState = 'live' | 'paused' | 'retired'

/** Since when, and who said so. */
export interface Mark {
  readonly since: number
  readonly by: string
}

/** What people have said about a journey as a whole; a journey may be both paused and retired. */
export interface JourneyControl {
  readonly paused?: Mark
  readonly retired?: Mark
}

const PARTITION = 'CONTROL'

/** The controls of all journeys that have any; at most ten seconds old. */
export function journeyControls(world: Pick<World, 'table' | 'clock'>): Promise<ReadonlyMap<string, JourneyControl>> {
  return fresh(world, PARTITION, () => readControls(world.table))
}

export async function journeyState(world: Pick<World, 'table' | 'clock'>, name: string): Promise<JourneyState> {
  return stateOf((await journeyControls(world)).get(name))
}

export function stateOf({ paused, retired }: JourneyControl = {}): JourneyState {
  if (paused !== undefined) return 'paused'
  return retired === undefined ? 'live' : 'retired'
}

/** As it stands in the table at this moment. */
export async function controlNow({ table }: Pick<World, 'table'>, name: string): Promise<JourneyControl> {
  const row = await table.get(controlKey(name))
  return row === undefined ? {} : readControl(row)
}

/** Pauses or retires a journey, or with `null` undoes it. @param also what is written with it */
export async function markJourney(
  { table }: Pick<World, 'table'>,
  name: string,
  marks: { readonly [mark in keyof JourneyControl]: Mark | null },
  also: readonly Write[] = [],
): Promise<void> {
  const { committed } = await table.write([{ set: controlKey(name), attributes: marks }, ...also])
  forget(table)
  if (!committed)
    throw new Conflict(
      'journey.steered-meanwhile',
      `Somebody else paused or resumed ${name} just now; look at it again.`,
    )
}

/** What a machine that can park its run says of itself; older ones would take the interruption for a failure. */
const Pausable = z.object({ journey: z.string(), pausable: z.literal(true) })

/**
 * What is remembered may be out of date, so a pause is looked up again: else a run that was just resumed would be parked
 * by a process that does not know it yet, over and over.
 * @throws Paused for the input of a step's task whose journey is paused.
 */
export async function holdWhilePaused(world: Pick<World, 'table' | 'clock'>, input: unknown): Promise<void> {
  const task = Pausable.safeParse(input)
  if (!task.success || (await journeyState(world, task.data.journey)) !== 'paused') return
  if ((await controlNow(world, task.data.journey)).paused !== undefined)
    throw new Paused('journey.paused', 'This journey is paused; the run waits at this step until it is resumed.')
  forget(world.table)
}

function controlKey(name: string): Key {
  return { pk: PARTITION, sk: name }
}

async function readControls(table: Table): Promise<ReadonlyMap<string, JourneyControl>> {
  const controls = new Map<string, JourneyControl>()
  let cursor: string | undefined
  do {
    const page = await table.query({ pk: PARTITION, ...(cursor === undefined ? {} : { cursor }) })
    for (const item of page.items) controls.set(item.sk, readControl(item))
    cursor = page.cursor
  } while (cursor !== undefined)
  return controls
}

function readControl({ paused, retired }: Item & JourneyControl): JourneyControl {
  return { ...(paused && { paused }), ...(retired && { retired }) }
}
