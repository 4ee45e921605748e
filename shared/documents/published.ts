import { createHash } from 'node:crypto'
import { Conflict } from '../errors/errors.ts'
import type { Item, Table, Write } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { forget, fresh } from './fresh.ts'

/** The letter that begins the partition of each kind of document. */
const PREFIXES = { journey: 'J', message: 'M', brand: 'B', table: 'L', segment: 'G', file: 'F' } as const

export type DocumentKind = keyof typeof PREFIXES

/** One immutable, numbered form of a document; `content` is what the running system uses. */
export interface Published<T> {
  readonly name: string
  readonly version: number
  readonly content: T
  /** The files as they were written. */
  readonly source: string
  readonly publishedAt: number
  readonly origin?: Origin | undefined
}

/** Where a document was edited, and by whom. */
export interface Origin {
  readonly from: 'folder' | 'console' | 'api'
  readonly by: string
}

interface PublishRequest<T> {
  readonly origin?: Origin | undefined
  readonly kind: DocumentKind
  readonly name: string
  readonly source: string
  /** What made the content; another one makes another version of the same source. Absent, it is always the same. */
  readonly maker?: string | undefined
  /** Made only when the source is new; told which version it will be. */
  readonly content: (version: number) => Promise<T> | T
  /** Written together with it. */
  readonly also?: readonly Write[]
}

/**
 * Makes the next version and sets it live. The same source and maker again changes nothing.
 * @throws Conflict when somebody else published meanwhile.
 */
export async function publishDocument<T>(
  { table, clock }: Pick<World, 'table' | 'clock'>,
  { kind, name, source, maker = '', content, origin, also = [] }: PublishRequest<T>,
): Promise<Published<T> & { readonly changed: boolean }> {
  const head = await table.get(headKey(kind, name))
  const hash = hashOf(source + maker)
  if (head?.hash === hash) return { ...readItem<T>(head), changed: false }
  const version = Number(head?.version ?? 0) + 1
  const row = {
    name,
    hash,
    version,
    source,
    content: await content(version),
    publishedAt: clock.now(),
    ...(origin && { origin }),
  }
  const result = await table.write([
    { put: { ...headKey(kind, name), ...row }, when: head === undefined ? 'absent' : { versionIs: version - 1 } },
    { put: { ...versionKey(kind, name, version), ...row }, when: 'absent' },
    { add: editionKey(kind), amounts: { edition: 1 } },
    ...also,
  ])
  if (!result.committed)
    throw new Conflict(
      'document.published-meanwhile',
      `Somebody else published ${kind} ${name} just now; look at it and publish again.`,
    )
  forget(table)
  return { ...readItem<T>(row), changed: true }
}

/** The live version of every document of a kind, by name; at most ten seconds old. */
export function livePublished<T>(
  world: Pick<World, 'table' | 'clock'>,
  kind: DocumentKind,
): Promise<ReadonlyMap<string, Published<T>>> {
  return fresh<Live<T>>(world, kind, (before) => readLive(world.table, kind, before)).then(({ documents }) => documents)
}

/** All documents of a kind, and how often any of them had been published when they were read. */
interface Live<T> {
  readonly edition: unknown
  readonly documents: ReadonlyMap<string, Published<T>>
}

/** Every process asks every ten seconds, and all messages of a brand are much to read: mostly nothing has changed. */
async function readLive<T>(table: Table, kind: DocumentKind, before: Live<T> | undefined): Promise<Live<T>> {
  // First this: what is published while the documents are read shows the next time.
  const edition = (await table.get(editionKey(kind)))?.edition
  if (before !== undefined && before.edition === edition) return before
  const items = await allOf(table, PREFIXES[kind])
  return { edition, documents: new Map(items.map((item) => [item.sk, readItem<T>(item)])) }
}

/** One version, for ever the same. */
export async function publishedVersion<T>(
  { table }: Pick<World, 'table'>,
  kind: DocumentKind,
  name: string,
  version: number,
): Promise<Published<T> | undefined> {
  const memory = memoryOf(table)
  const key = `${kind}/${name}/${version}`
  const known = memory.get(key)
  if (known !== undefined) return known as Published<T>
  const item = await table.get(versionKey(kind, name, version))
  if (item === undefined) return undefined
  const published = readItem<T>(item)
  memory.set(key, published)
  return published
}

/** The heads of a kind, as they stand at this moment. */
export function headsOf(table: Table, kind: DocumentKind): Promise<readonly Item[]> {
  return allOf(table, PREFIXES[kind])
}

/** All versions of a document, the oldest first. */
export function versionsOf(table: Table, kind: DocumentKind, name: string): Promise<readonly Item[]> {
  return allOf(table, `${PREFIXES[kind]}#${name}`)
}

async function allOf(table: Table, pk: string): Promise<readonly Item[]> {
  const items: Item[] = []
  let cursor: string | undefined
  do {
    const page = await table.query({ pk, ...(cursor === undefined ? {} : { cursor }) })
    items.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return items
}

export function headKey(kind: DocumentKind, name: string): { pk: string; sk: string } {
  return { pk: PREFIXES[kind], sk: name }
}

/** Counts how often any document of a kind was published. */
function editionKey(kind: DocumentKind): { pk: string; sk: string } {
  return { pk: 'EDITION', sk: kind }
}

/** Tells texts apart. */
export function hashOf(source: string): string {
  return createHash('sha256').update(source).digest('base64url')
}

function versionKey(kind: DocumentKind, name: string, version: number): { pk: string; sk: string } {
  return { pk: `${PREFIXES[kind]}#${name}`, sk: `V#${String(version).padStart(6, '0')}` }
}

function readItem<T>({ name, version, content, source, publishedAt, origin }: Partial<Item>): Published<T> {
  return { name, version, content, source, publishedAt, ...(origin === undefined ? {} : { origin }) } as Published<T>
}

const memories = new WeakMap<Table, Map<string, unknown>>()

function memoryOf(table: Table): Map<string, unknown> {
  const memory = memories.get(table) ?? new Map<string, unknown>()
  memories.set(table, memory)
  return memory
}
