import type { Database } from './database.ts'

const SCHEMA = 'CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL)'

/** A few durable facts about the installation itself. */
export class Settings {
  readonly #database: Database

  constructor(database: Database) {
    database.prepareSchema(SCHEMA)
    this.#database = database
  }

  number(name: string): number | undefined {
    const row = this.#database.statement('SELECT value FROM settings WHERE name = ?').get(name)
    return row === undefined ? undefined : Number(row.value)
  }

  /** On disk no later than whatever is committed after it. */
  async save(name: string, value: number): Promise<void> {
    await this.#database.commit(() =>
      this.#database.statement('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, String(value)),
    )
  }
}
