import { createHmac, type KeyObject } from 'node:crypto'
import type { Identifier } from '../touchpoints/identifiers.ts'
import type { Item, Key, Table } from '../world/table.ts'
import type { World } from '../world/world.ts'

/** Identifiers remembered with their customer. */
const MOST_REMEMBERED = 50_000

/** Under the index partition stands only a keyed hash: clear values stay inside the customer's own partition. */
export function identifierKey(hashKey: KeyObject, { kind, value }: Identifier): Key {
  const hash = createHmac('sha256', hashKey).update(`${kind}:${value}`).digest('base64url')
  return { pk: `I#${kind}#${hash}`, sk: 'I' }
}

export function identifierItem(key: Key, customer: string): Item {
  return { ...key, customer }
}

/** One name for a kind and a value, for maps in memory. */
export function identifierName({ kind, value }: Identifier): string {
  return `${kind}\n${value}`
}

const remembered = new WeakMap<Table, Map<string, string>>()

/**
 * Which customer holds each identifier, as far as it is known: a remembered answer may be stale, so the caller must
 * look whether the profile still holds the identifier, and `forget` it if not.
 */
export async function findHolders(
  world: Pick<World, 'table' | 'secrets'>,
  identifiers: readonly Identifier[],
): Promise<Map<string, string>> {
  const known = memoryOf(world.table)
  const holders = new Map<string, string>()
  const missing = new Map<string, Identifier>()
  for (const identifier of identifiers) {
    const name = identifierName(identifier)
    const customer = identifier.kind === 'customerId' ? identifier.value : known.get(name)
    if (customer === undefined) missing.set(name, identifier)
    else holders.set(name, customer)
  }
  for (const [name, customer] of await readHolders(world, [...missing.values()])) holders.set(name, customer)
  return holders
}

export function rememberHolder(table: Table, identifier: Identifier, customer: string): void {
  const known = memoryOf(table)
  if (known.size >= MOST_REMEMBERED)
    for (const oldest of [...known.keys()].slice(0, MOST_REMEMBERED / 10)) known.delete(oldest)
  known.set(identifierName(identifier), customer)
}

export function forgetHolder(table: Table, identifier: Identifier): void {
  memoryOf(table).delete(identifierName(identifier))
}

const KEYS_PER_READ = 100

async function readHolders(
  { table, secrets }: Pick<World, 'table' | 'secrets'>,
  identifiers: readonly Identifier[],
): Promise<[string, string][]> {
  if (identifiers.length === 0) return []
  const hashKey = await secrets.linkKey()
  const found: [string, string][] = []
  for (let at = 0; at < identifiers.length; at += KEYS_PER_READ) {
    const part = identifiers.slice(at, at + KEYS_PER_READ)
    const items = await table.getMany(part.map((identifier) => identifierKey(hashKey, identifier)))
    part.forEach((identifier, index) => {
      const customer = items[index]?.customer
      if (typeof customer !== 'string') return
      found.push([identifierName(identifier), customer])
      rememberHolder(table, identifier, customer)
    })
  }
  return found
}

function memoryOf(table: Table): Map<string, string> {
  let known = remembered.get(table)
  if (!known) {
    known = new Map()
    remembered.set(table, known)
  }
  return known
}
