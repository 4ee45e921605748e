import { createHash } from 'node:crypto'
import { Conflict } from '../errors/errors.ts'
import type { Item, Table } from '../world/table.ts'
import type { World } from '../world/world.ts'

/** The letter that begins the partition of each kind of document. */
const PREFIXES = { journey: 'J', message: 'M', brand: 'B', table: 'L' } as const

export type DocumentKind = keyof typeof PREFIXES

/** One immutable, numbered form of a document; `content` is what the running system uses. */
export interface Published<T> {
  readonly name: string
  readonly version: number
  readonly content: T
  /** The files as they were written. */
  readonly source: string
  readonly publishedAt: number
}

interface PublishRequest<T> {
  readonly kind: DocumentKind
  readonly name: string
  readonly source: string
  /** Made only when the source is new; told which version it will be. */
  readonly content: (version: number) => Promise<T> | T
}

/** How long a published document may be used before it is read again, where another process may have changed it. */
const FRESH_FOR = 10_000

/**
 * Makes the next version and sets it live. The same source and content-maker again changes nothing.
 * @throws Conflict when somebody else published meanwhile.
 */
export async function publishDocument<T>(
  { table, clock }: Pick<World, 'table' | 'clock'>,
  { kind, name, source, content }: PublishRequest<T>,
): Promise<Published<T> & { readonly changed: boolean }> {
  const head = await table.get(headKey(kind, name))
  const hash = createHash('sha256').update(source).digest('base64url')
  if (head?.hash === hash) return { ...readItem<T>(head), changed: false }
  const version = Number(head?.version ?? 0) + 1
  const row = { name, hash, version, source, content: await content(version), publishedAt: clock.now() }
  const result = await table.write([
    { put: { ...headKey(kind, name), ...row }, when: head === undefined ? 'absent' : { versionIs: version - 1 } },
    { put: { ...versionKey(kind, name, version), ...row }, when: 'absent' },
  ])
  if (!result.committed)
    throw new Conflict(
      'document.published-meanwhile',
      `Somebody else published ${kind} ${name} just now; look at it and publish again.`,
    )
  memoryOf(table).clear()
  return { ...readItem<T>(row), changed: true }
}

/** The live version of every document of a kind, by name; at most ten seconds old. */
export async function livePublished<T>(
  { table, clock }: Pick<World, 'table' | 'clock'>,
  kind: DocumentKind,
): Promise<ReadonlyMap<string, Published<T>>> {
  const memory = memoryOf(table)
  const known = memory.get(kind)
  if (known !== undefined && clock.now() - known.readAt < FRESH_FOR) return known.value as Map<string, Published<T>>
  const live = await readLive<T>(table, kind)
  memory.set(kind, { readAt: clock.now(), value: live })
  return live
}

/** One version, for ever the same. */
export async function publishedVersion<T>(
  { table }: Pick<World, 'table'>,
  kind: DocumentKind,
  name: string,
  version: number,
): Promise<Published<T> | undefined> {
  const memory = versionsOf(table)
  const key = `${kind}/${name}/${version}`
  const known = memory.get(key)
  if (known !== undefined) return known as Published<T>
  const item = await table.get(versionKey(kind, name, version))
  if (item === undefined) return undefined
  const published = readItem<T>(item)
  memory.set(key, published)
  return published
}

async function readLive<T>(table: Table, kind: DocumentKind): Promise<Map<string, Published<T>>> {
  const live = new Map<string, Published<T>>()
  let cursor: string | undefined
  do {
    const page = await table.query({ pk: PREFIXES[kind], ...(cursor === undefined ? {} : { cursor }) })
    for (const item of page.items) live.set(item.sk, readItem<T>(item))
    cursor = page.cursor
  } while (cursor !== undefined)
  return live
}

function headKey(kind: DocumentKind, name: string): { pk: string; sk: string } {
  return { pk: PREFIXES[kind], sk: name }
}

function versionKey(kind: DocumentKind, name: string, version: number): { pk: string; sk: string } {
  return { pk: `${PREFIXES[kind]}#${name}`, sk: `V#${String(version).padStart(6, '0')}` }
}

function readItem<T>({ name, version, content, source, publishedAt }: Partial<Item>): Published<T> {
  return { name, version, content, source, publishedAt } as Published<T>
}

interface Remembered {
  readonly readAt: number
  readonly value: unknown
}

const live = new WeakMap<Table, Map<string, Remembered>>()
const versions = new WeakMap<Table, Map<string, unknown>>()

function memoryOf(table: Table): Map<string, Remembered> {
  return ofTable(live, table)
}

function versionsOf(table: Table): Map<string, unknown> {
  return ofTable(versions, table)
}

function ofTable<V>(memories: WeakMap<Table, Map<string, V>>, table: Table): Map<string, V> {
  let memory = memories.get(table)
  if (memory === undefined) {
    memory = new Map()
    memories.set(table, memory)
  }
  return memory
}
