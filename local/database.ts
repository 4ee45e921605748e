import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { Misconfigured } from '#shared/errors/errors.ts'

/**
 * The lock is taken by the first write and held until the process ends, however it ends. The log may grow to 64 MB before
 * it is worked into the file: work on many customers touches pages all over it, and would write each of them again and again.
 */
const PRAGMAS = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -16000;
  PRAGMA wal_autocheckpoint = 16000;
  BEGIN IMMEDIATE; COMMIT;
`

interface Waiting {
  readonly work: () => unknown
  readonly resolve: (value: never) => void
  readonly reject: (error: unknown) => void
}

/**
 * One SQLite file in WAL mode with synchronous FULL: what `commit` has answered survives a power cut.
 * Works that are committed in the same turn of the event loop share one transaction and so one sync to disk; each is
 * still all or nothing by itself, and sees those before it.
 */
export class Database {
  readonly #sqlite: DatabaseSync
  readonly #statements = new Map<string, StatementSync>()
  #waiting: Waiting[] = []
  #scheduled = false

  /**
   * @param path a file, or `:memory:` for tests that need no durability.
   * @throws Misconfigured when another process has it open: two worlds on one file would do everything twice.
   */
  constructor(path: string) {
    this.#sqlite = new DatabaseSync(path)
    try {
      this.#sqlite.exec(PRAGMAS)
    } catch (cause) {
      throw new Misconfigured(
        'data.in-use',
        `${path} is in use by another process; stop that one, or use another data folder.`,
        { cause },
      )
    }
  }

  /** Runs statements that make the tables of one part of the world; must be repeatable. */
  prepareSchema(sql: string): void {
    this.#sqlite.exec(sql)
  }

  /** A prepared statement, kept for the life of the database. */
  statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql)
    if (!statement) {
      statement = this.#sqlite.prepare(sql)
      this.#statements.set(sql, statement)
    }
    return statement
  }

  /** Resolves with what `work` returned once it is on disk. A `work` that throws leaves nothing behind. */
  commit<T>(work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, resolve, reject })
      if (this.#scheduled) return
      this.#scheduled = true
      setImmediate(() => this.#flush())
    })
  }

  close(): void {
    if (this.#waiting.length > 0) this.#flush()
    this.#sqlite.close()
  }

  #flush(): void {
    this.#scheduled = false
    const group = this.#waiting
    this.#waiting = []
    let results: unknown[]
    try {
      results = this.#inTransaction(() => group.map(({ work }) => work()))
    } catch {
      for (const waiting of group) this.#commitAlone(waiting)
      return
    }
    group.forEach(({ resolve }, index) => {
      resolve(results[index] as never)
    })
  }

  #commitAlone({ work, resolve, reject }: Waiting): void {
    try {
      resolve(this.#inTransaction(work) as never)
    } catch (error) {
      reject(error)
    }
  }

  #inTransaction<T>(work: () => T): T {
    this.#sqlite.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#sqlite.exec('COMMIT')
      return result
    } catch (error) {
      this.#sqlite.exec('ROLLBACK')
      throw error
    }
  }
}
