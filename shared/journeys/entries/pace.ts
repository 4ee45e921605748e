import { Conflict } from '../../errors/errors.ts'
import type { Key, Table } from '../../world/table.ts'
import type { World } from '../../world/world.ts'
import type { Pace } from './entry.ts'

/** Turns that this process has reserved and not given away yet. */
interface Block {
  /** The next one to give away (epoch ms). */
  readonly next: number
  readonly left: number
  readonly size: number
  readonly reservedAt: number
}

type Turns = Map<string, Promise<Block>>

const MOST_AT_ONCE = 64
const MOST_ATTEMPTS = 20

/** A block that is used up within so long was too small. */
const BUSY = 1_000

const blocks = new WeakMap<Table, Turns>()

/**
 * The next turn in a journey whose pace is limited; one that has come already is not returned. Turns are reserved in
 * blocks from one row, larger ones the faster they go, so that nobody queues for the row; what a process that dies had
 * reserved is lost, which only lets fewer enter.
 */
export async function nextTurn(
  world: Pick<World, 'table' | 'clock'>,
  journey: string,
  pace: Pace,
): Promise<number | undefined> {
  const turns = blocks.get(world.table) ?? new Map<string, Promise<Block>>()
  blocks.set(world.table, turns)
  const before = turns.get(journey)
  const mine = blockAfter(world, journey, pace, before)
  turns.set(journey, mine)
  mine.catch(() => turns.delete(journey)) // whoever asked is told
  const turn = Math.floor((await mine).next)
  return turn > world.clock.now() ? turn : undefined
}

/** The block in which `next` is the turn of whoever asked, after those who asked before. */
async function blockAfter(
  world: Pick<World, 'table' | 'clock'>,
  journey: string,
  pace: Pace,
  before: Promise<Block> | undefined,
): Promise<Block> {
  const known = await before
  const now = world.clock.now()
  const step = spacing(pace)
  if (known !== undefined && known.left > 1 && known.next + step >= now - step)
    return { ...known, next: known.next + step, left: known.left - 1 }
  const isBusy = known !== undefined && known.left <= 1 && now - known.reservedAt < BUSY
  const size = isBusy ? Math.min(known.size * 2, MOST_AT_ONCE) : 1
  return { next: await reserveTurns(world, journey, pace, size), left: size, size, reservedAt: now }
}

/** Takes so many turns in a row. @returns the first of them (epoch ms), never one that is over. */
export async function reserveTurns(
  { table, clock }: Pick<World, 'table' | 'clock'>,
  journey: string,
  pace: Pace,
  count: number,
): Promise<number> {
  const key = paceKey(journey)
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const nextAt = (await table.get(key))?.nextAt as number | undefined
    const first = Math.max(nextAt ?? 0, clock.now())
    const row = { ...key, nextAt: first + count * spacing(pace) }
    const when = nextAt === undefined ? 'absent' : ({ attributeIs: ['nextAt', nextAt] } as const)
    if ((await table.write([{ put: row, when }])).committed) return first
  }
  throw new Conflict('journey.pace-contention', 'Others kept reserving turns in this journey; it is tried again.')
}

function spacing({ entries, per }: Pace): number {
  return per / entries
}

function paceKey(journey: string): Key {
  return { pk: `PACE#${journey}`, sk: 'PACE' }
}
