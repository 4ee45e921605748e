import type { Table } from '../world/table.ts'
import type { World } from '../world/world.ts'

/** How long what was read may be used before it is read again, where another process may have changed it. */
export const FRESH_FOR = 10_000

interface Remembered {
  readonly readAt: number
  readonly value: Promise<unknown>
}

const memories = new WeakMap<Table, Map<string, Remembered>>()

/**
 * What `read` gives, at most ten seconds old; one process sees its own changes at once if it says so by `forget`.
 * @param read is given what it gave before, if it is still remembered: it may look whether that has changed
 */
export function fresh<T>(
  { table, clock }: Pick<World, 'table' | 'clock'>,
  name: string,
  read: (before: T | undefined) => Promise<T>,
): Promise<T> {
  const memory = memories.get(table) ?? new Map<string, Remembered>()
  memories.set(table, memory)
  const known = memory.get(name)
  if (known !== undefined && clock.now() - known.readAt < FRESH_FOR) return known.value as Promise<T>
  // What could not be read is not remembered, but it may be failing at this moment.
  const value = known === undefined ? read(undefined) : (known.value as Promise<T>).catch(() => undefined).then(read)
  memory.set(name, { readAt: clock.now(), value })
  value.catch(() => memory.delete(name)) // whoever asked is told
  return value
}

/** What was read of this table is read again; also what is being read at this moment. */
export function forget(table: Table): void {
  memories.delete(table)
}

/** Looks at what was read, and, before saying that something is not there, at how it is now. */
export async function surely<T>(
  { table }: Pick<World, 'table'>,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const known = await look()
  if (known !== undefined) return known
  forget(table)
  return look()
}
