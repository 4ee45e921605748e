import type { Change } from '#shared/world/feed.ts'
import type { Item, Key } from '#shared/world/table.ts'
import type { Database } from './database.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, pk TEXT NOT NULL, sk TEXT NOT NULL, before TEXT, after TEXT
  );
  CREATE TABLE IF NOT EXISTS change_readers (reader TEXT PRIMARY KEY, sequence INTEGER NOT NULL);
`

interface Row {
  readonly sequence: number
  readonly pk: string
  readonly sk: string
  readonly before: string | null
  readonly after: string | null
}

/**
 * The committed changes of the rows that somebody reads, written in the same transaction as the rows themselves.
 * Each reader has a durable position; what all have passed is removed.
 */
export class ChangeLog {
  readonly #database: Database
  readonly #prefixes: readonly string[]
  readonly #listeners = new Set<() => void>()

  /** @param prefixes sort keys begin with one of these, or their changes are not kept. */
  constructor(database: Database, prefixes: readonly string[]) {
    database.prepareSchema(SCHEMA)
    this.#database = database
    this.#prefixes = prefixes
  }

  wants(sk: string): boolean {
    return this.#prefixes.some((prefix) => sk.startsWith(prefix))
  }

  /** To be called inside the transaction that changes the row. */
  add({ pk, sk }: Key, before: string | null, after: string | null): void {
    if (!this.wants(sk)) return
    this.#database
      .statement('INSERT INTO changes (pk, sk, before, after) VALUES (?, ?, ?, ?)')
      .run(pk, sk, before, after)
    for (const listener of this.#listeners) listener()
  }

  /** Calls `listener` whenever something was added; the change itself may not be committed yet. */
  onAdded(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Where a new reader that wants only what is to come begins. */
  latest(): number {
    const row = this.#database.statement("SELECT seq FROM sqlite_sequence WHERE name = 'changes'").get()
    return Number(row?.seq ?? 0)
  }

  since(sequence: number, limit: number): readonly Change[] {
    const rows = this.#database
      .statement('SELECT sequence, pk, sk, before, after FROM changes WHERE sequence > ? ORDER BY sequence LIMIT ?')
      .all(sequence, limit) as unknown as Row[]
    return rows.map(({ pk, sk, before, after, ...row }) => ({
      pk,
      sk,
      sequence: String(row.sequence),
      ...(before === null ? {} : { before: JSON.parse(before) as Item }),
      ...(after === null ? {} : { after: JSON.parse(after) as Item }),
    }))
  }

  positionOf(reader: string): number {
    const row = this.#database.statement('SELECT sequence FROM change_readers WHERE reader = ?').get(reader)
    return Number(row?.sequence ?? 0)
  }

  /** Records durably that `reader` has dealt with everything up to `sequence`, and drops what nobody needs. */
  advance(reader: string, sequence: number): Promise<void> {
    return this.#database.commit(() => {
      this.#database
        .statement('INSERT OR REPLACE INTO change_readers (reader, sequence) VALUES (?, ?)')
        .run(reader, sequence)
      this.#database.statement('DELETE FROM changes WHERE sequence <= (SELECT MIN(sequence) FROM change_readers)').run()
    })
  }
}
