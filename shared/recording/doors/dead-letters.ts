import { InvalidInput, Unavailable } from '../../errors/errors.ts'
import type { Item, Key } from '../../world/table.ts'
import type { World } from '../../world/world.ts'

/** What could not be handled, kept with the reason until somebody redrives it or it expires. */
export interface DeadLetter {
  readonly id: string
  readonly receivedAt: number
  readonly reason: string
  /** As it came, the envelope of the bus around it. */
  readonly event: unknown
}

/** The partition that they lie in. */
export const DEAD_LETTERS = 'X'
const PAGE = 100
const KEPT_SECONDS = 90 * 86_400

/** Of an event that no row can hold only this much is kept. */
const MOST_CHARACTERS = 100_000
const LONGEST_ID = 200

/** Keeps them durably, whatever they are; the same message again replaces itself. */
export async function addDeadLetters(
  { table, log }: Pick<World, 'table' | 'log'>,
  letters: readonly DeadLetter[],
): Promise<void> {
  if (letters.length === 0) return
  const items = [...new Map(letters.map(itemOf).map((item) => [item.sk, item])).values()]
  // Each by itself: all of them or none would cost twice as much, and nobody needs it.
  await Promise.all(items.map((put) => table.write([{ put }])))
  log.warn('events went to the dead letters', { count: letters.length, ids: letters.slice(0, 20).map(({ id }) => id) })
}

/** Newest first, at most 100. */
export async function listDeadLetters({ table }: Pick<World, 'table'>): Promise<readonly DeadLetter[]> {
  return (await pageOfDeadLetters({ table })).letters
}

/** Newest first; `cursor` leads to the older ones, and is absent when there are none. */
export async function pageOfDeadLetters(
  { table }: Pick<World, 'table'>,
  cursor?: string,
): Promise<{ readonly letters: readonly DeadLetter[]; readonly cursor?: string }> {
  const query = { pk: DEAD_LETTERS, order: 'descending', limit: PAGE } as const
  const { items, ...rest } = await table.query(cursor === undefined ? query : { ...query, cursor })
  return { letters: items.map(readItem), ...rest }
}

/**
 * Puts a dead letter on the bus again and takes it from the list. An event that is still wrong comes back; one that
 * was recorded meanwhile changes nothing.
 * @throws InvalidInput when there is no such dead letter, Unavailable when the bus does not take it; then it stays.
 */
export async function redrive({ table, bus }: Pick<World, 'table' | 'bus'>, id: string): Promise<void> {
  const item = await find(table, id)
  if (item === undefined)
    throw new InvalidInput(
      'dead-letter.unknown',
      `There is no dead letter ${id}; "throughline dead-letters list" shows them.`,
    )
  const { source, 'detail-type': detailType, detail } = (item.event ?? {}) as Record<string, unknown>
  const [result] = await bus.publish([
    {
      source: typeof source === 'string' ? source : 'redrive',
      detailType: typeof detailType === 'string' ? detailType : 'touchpoint',
      detail: (typeof detail === 'object' && detail !== null ? detail : { unreadable: item.event }) as Record<
        string,
        unknown
      >,
    },
  ])
  if (result?.accepted !== true)
    throw new Unavailable(
      'dead-letter.not-taken',
      `The bus did not take it: ${result?.reason ?? 'no answer'} Try again.`,
    )
  await table.write([{ remove: { pk: item.pk, sk: item.sk } }])
}

async function find(table: World['table'], id: string): Promise<Item | undefined> {
  let cursor: string | undefined
  do {
    const page = await table.query({ pk: DEAD_LETTERS, limit: 500, ...(cursor === undefined ? {} : { cursor }) })
    const found = page.items.find((item) => readItem(item).id === id)
    if (found !== undefined) return found
    cursor = page.cursor
  } while (cursor !== undefined)
  return undefined
}

function itemOf({ id, receivedAt, reason, event }: DeadLetter): Item {
  const key: Key = { pk: DEAD_LETTERS, sk: `${new Date(receivedAt).toISOString()}#${id.slice(0, LONGEST_ID)}` }
  return { ...key, reason, event: keepable(event), expiresAt: Math.floor(receivedAt / 1_000) + KEPT_SECONDS }
}

/** The event, or its beginning as text. */
function keepable(event: unknown): unknown {
  const text = JSON.stringify(event)
  return text.length <= MOST_CHARACTERS ? event : { beginning: text.slice(0, MOST_CHARACTERS) }
}

function readItem({ sk, reason, event }: Item): DeadLetter {
  const [at = '', ...id] = sk.split('#')
  return { id: id.join('#'), receivedAt: Date.parse(at), reason: String(reason), event }
}
