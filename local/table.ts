import { Impossible, InvalidInput } from '#shared/errors/errors.ts'
import {
  type Condition,
  type Item,
  type Key,
  keyOf,
  type Page,
  type RangeQuery,
  TABLE_LIMITS,
  type Table,
  type Write,
  type WriteResult,
} from '#shared/world/table.ts'
import type { ChangeLog } from './change-log.ts'
import { parseCursor } from './cursor.ts'
import type { Database } from './database.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS items (
    pk TEXT NOT NULL, sk TEXT NOT NULL, body TEXT NOT NULL, version INTEGER, ipk TEXT, isk TEXT, expires INTEGER,
    PRIMARY KEY (pk, sk)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS items_index ON items (ipk, isk) WHERE ipk IS NOT NULL;
`

interface Row {
  readonly body: string
  /** Absent from rows of a listing. */
  readonly version?: number | null
  readonly expires: number | null
}

/** Rows by key, with the conditions and limits of DynamoDB; each `write` is one durable commit. */
export class LocalTable implements Table {
  readonly #database: Database
  readonly #changes: ChangeLog
  readonly #now: () => number

  constructor(database: Database, changes: ChangeLog, now: () => number) {
    database.prepareSchema(SCHEMA)
    this.#database = database
    this.#changes = changes
    this.#now = now
  }

  async get(key: Key): Promise<Item | undefined> {
    return this.#read(key)
  }

  async getMany(keys: readonly Key[]): Promise<readonly (Item | undefined)[]> {
    if (keys.length > TABLE_LIMITS.getManyKeys) throw tooMany('getMany takes', TABLE_LIMITS.getManyKeys, keys.length)
    return keys.map((key) => this.#read(key))
  }

  async query(query: RangeQuery): Promise<Page> {
    return this.#range(query, 'pk', 'sk')
  }

  async queryIndex(query: RangeQuery): Promise<Page> {
    return this.#range(query, 'ipk', 'isk')
  }

  async scan({ limit = 100, cursor }: { readonly limit?: number; readonly cursor?: string }): Promise<Page> {
    const [pk = '', sk = ''] = cursor === undefined ? [] : parseCursor(cursor, 2)
    const rows = this.#database
      .statement('SELECT body, expires FROM items WHERE (pk, sk) > (?, ?) ORDER BY pk, sk LIMIT ?')
      .all(pk, sk, limit + 1) as unknown as Row[]
    return this.#page(rows, limit, (item) => [item.pk, item.sk])
  }

  async write(operations: readonly Write[]): Promise<WriteResult> {
    const prepared = prepare(operations)
    return this.#database.commit(() => {
      const failed = prepared.flatMap(({ key, condition }, at) =>
        condition === undefined || this.#holds(key, condition) ? [] : [at],
      )
      if (failed.length > 0) return { committed: false, failed }
      for (const operation of prepared) this.#apply(operation)
      return { committed: true }
    })
  }

  #read(key: Key): Item | undefined {
    return this.#alive(this.#row(key))
  }

  #row({ pk, sk }: Key): Row | undefined {
    const row = this.#database.statement('SELECT body, version, expires FROM items WHERE pk = ? AND sk = ?').get(pk, sk)
    return row as unknown as Row | undefined
  }

  #hasExpired({ expires }: Row): boolean {
    return expires !== null && expires * 1000 <= this.#now()
  }

  #alive(row: Row | undefined): Item | undefined {
    return row === undefined || this.#hasExpired(row) ? undefined : (JSON.parse(row.body) as Item)
  }

  /** Only the condition on an attribute needs the row to be read as JSON. */
  #holds(key: Key, condition: Condition): boolean {
    const row = this.#row(key)
    const exists = row !== undefined && !this.#hasExpired(row)
    if (condition === 'absent') return !exists
    if (!exists || condition === 'present') return exists
    if ('versionIs' in condition) return row.version === condition.versionIs
    const [name, value] = condition.attributeIs
    return (JSON.parse(row.body) as Item)[name] === value
  }

  #apply({ operation, key, text }: Prepared): void {
    if ('check' in operation) return
    if ('put' in operation) {
      this.#store(operation.put, text)
      return
    }
    if ('remove' in operation) {
      this.#remove(key)
      return
    }
    const before = this.#read(key) ?? { ...key }
    this.#store(changed(before, operation))
  }

  #store(item: Item, text = encode(item)): void {
    const before = this.#changes.wants(item.sk) ? this.#textOf(item) : null
    this.#database
      .statement('INSERT OR REPLACE INTO items (pk, sk, body, version, ipk, isk, expires) VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(
        item.pk,
        item.sk,
        text,
        item.version ?? null,
        (item.isk === undefined ? undefined : item.ipk) ?? null,
        item.isk ?? null,
        item.expiresAt ?? null,
      )
    this.#changes.add(item, before, text)
  }

  #remove(key: Key): void {
    const before = this.#textOf(key)
    this.#database.statement('DELETE FROM items WHERE pk = ? AND sk = ?').run(key.pk, key.sk)
    if (before !== null) this.#changes.add(key, before, null)
  }

  #textOf(key: Key): string | null {
    const row = this.#row(key)
    return row === undefined || this.#hasExpired(row) ? null : row.body
  }

  #range(query: RangeQuery, partition: 'pk' | 'ipk', sort: 'sk' | 'isk'): Page {
    const limit = query.limit ?? 100
    if (limit > TABLE_LIMITS.queryLimit) throw tooMany('query takes a limit of', TABLE_LIMITS.queryLimit, limit)
    const down = query.order === 'descending'
    // The index may hold many rows with one sort key, so a page goes on after (sort key, pk, sk).
    const position = partition === 'pk' ? ['sk'] : ['isk', 'pk', 'sk']
    const at = query.cursor === undefined ? undefined : parseCursor(query.cursor, position.length)
    const after =
      at === undefined ? '' : `AND (${position.join(', ')}) ${down ? '<' : '>'} (${at.map(() => '?').join(', ')})`
    const direction = down ? 'DESC' : 'ASC'
    const order = position.map((name) => `${name} ${direction}`).join(', ')
    const rows = this.#database
      .statement(
        `SELECT body, expires FROM items WHERE ${partition} = ? AND ${sort} >= max(?, ?) AND ${sort} <= min(?, ?) ${after}
         ORDER BY ${order} LIMIT ?`,
      )
      .all(query.pk, ...bounds(query), ...(at ?? []), limit + 1) as unknown as Row[]
    return this.#page(rows, limit, (item) => (partition === 'pk' ? [item.sk] : [item.isk ?? '', item.pk, item.sk]))
  }

  #page(rows: readonly Row[], limit: number, position: (item: Item) => readonly string[]): Page {
    const shown = rows.slice(0, limit)
    const items = shown.flatMap((row) => this.#alive(row) ?? [])
    const last = rows.length > limit ? shown.at(-1) : undefined
    if (last === undefined) return { items }
    return { items, cursor: JSON.stringify(position(JSON.parse(last.body) as Item)) }
  }
}

interface Prepared {
  readonly operation: Write
  readonly key: Key
  readonly condition: Condition | undefined
  /** The encoded row of a `put`. */
  readonly text?: string
}

/** Takes copies, and refuses all that can be refused without looking at the store, so that the commit itself stays short. */
function prepare(operations: readonly Write[]): readonly Prepared[] {
  if (operations.length > TABLE_LIMITS.writeOperations)
    throw tooMany('a write takes', TABLE_LIMITS.writeOperations, operations.length)
  const seen = new Set<string>()
  let bytes = 0
  return operations.map((operation) => {
    const key = keyOf(operation)
    const name = `${key.pk}\n${key.sk}`
    if (seen.has(name)) throw new InvalidInput('table.repeated-key', 'A write names the same row twice; join the two.')
    seen.add(name)
    const condition = 'when' in operation ? operation.when : undefined
    if ('set' in operation)
      return { operation: { ...operation, attributes: structuredClone(operation.attributes) }, key, condition }
    if (!('put' in operation)) return { operation, key, condition }
    const text = encode(operation.put)
    bytes += Buffer.byteLength(text)
    if (bytes > TABLE_LIMITS.writeBytes)
      throw new InvalidInput('table.write-too-large', 'A write may hold 4 MB in all; split it.')
    return { operation: { put: { ...operation.put } }, key, condition, text }
  })
}

function changed(before: Item, operation: Write): Item {
  if ('add' in operation) {
    const sums = Object.entries(operation.amounts).map(([name, amount]) => [name, Number(before[name] ?? 0) + amount])
    return { ...before, ...(Object.fromEntries(sums) as Record<string, number>) }
  }
  if (!('set' in operation)) throw new Impossible('table.unknown-write', 'A write is put, remove, check, set or add.')
  const merged = { ...before, ...operation.attributes }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null)) as unknown as Item
}

/** @throws InvalidInput above 400 KB, or when a key is empty or too long. */
function encode(item: Item): string {
  if (item.pk === '' || item.sk === '') throw new InvalidInput('table.empty-key', 'A row needs both of its keys.')
  if (
    Buffer.byteLength(item.sk) > TABLE_LIMITS.sortKeyBytes ||
    Buffer.byteLength(item.pk) > TABLE_LIMITS.partitionKeyBytes
  )
    throw new InvalidInput('table.key-too-long', 'A sort key may have 1,024 bytes and a partition key 2,048.')
  const text = JSON.stringify(item)
  if (text.length * 3 > TABLE_LIMITS.itemBytes && Buffer.byteLength(text) > TABLE_LIMITS.itemBytes)
    throw new InvalidInput('table.item-too-large', 'A row may hold 400 KB; keep large values elsewhere.')
  return text
}

/** Two lower bounds and two upper ones; SQLite compares them by their bytes, as it does keys. */
function bounds({ prefix = '', from = '', to }: RangeQuery): readonly [string, string, string, string] {
  const end = `${prefix}\u{10FFFF}`
  return [prefix, from, end, to ?? end]
}

function tooMany(what: string, limit: number, got: number): InvalidInput {
  return new InvalidInput('table.too-many', `${what} at most ${limit}, not ${got}.`)
}
