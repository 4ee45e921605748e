import { InvalidInput } from '#shared/errors/errors.ts'
import type { Database } from '../database.ts'
import { RunnableDefinition } from './definition.ts'
import { compileMachine, type Machine } from './machine.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS machines (
    name TEXT NOT NULL, version INTEGER NOT NULL, definition TEXT NOT NULL, PRIMARY KEY (name, version)
  ) WITHOUT ROWID;
`

/** So many machines are kept compiled; the one not asked for the longest goes first. */
const COMPILED_AT_ONCE = 200

/** Every version of every machine; none is ever changed. */
export class PublishedMachines {
  readonly #database: Database
  readonly #compiled = new Map<string, Machine>()

  constructor(database: Database) {
    database.prepareSchema(SCHEMA)
    this.#database = database
  }

  /** The version that has this definition; a new one if there is none. */
  publish(name: string, definition: string): Promise<number> {
    return this.#database.commit(() => {
      const same = this.#database
        .statement('SELECT version FROM machines WHERE name = ? AND definition = ?')
        .get(name, definition)
      if (same !== undefined) return Number(same.version)
      const row = this.#database.statement('SELECT MAX(version) AS latest FROM machines WHERE name = ?').get(name)
      const version = Number(row?.latest ?? 0) + 1
      this.#database
        .statement('INSERT INTO machines (name, version, definition) VALUES (?, ?, ?)')
        .run(name, version, definition)
      return version
    })
  }

  /** @throws InvalidInput when there is no such version. */
  get(name: string, version: number): Machine {
    const key = `${name}:${version}`
    const machine = this.#compiled.get(key) ?? this.#load(name, version)
    this.#compiled.delete(key)
    this.#compiled.set(key, machine)
    const [oldest] = this.#compiled.keys()
    if (this.#compiled.size > COMPILED_AT_ONCE && oldest !== undefined) this.#compiled.delete(oldest)
    return machine
  }

  #load(name: string, version: number): Machine {
    const row = this.#database
      .statement('SELECT definition FROM machines WHERE name = ? AND version = ?')
      .get(name, version)
    if (row === undefined)
      throw new InvalidInput('machines.unknown-machine', `There is no machine ${name}:${version}; publish it first.`)
    return compileMachine(name, RunnableDefinition.parse(JSON.parse(String(row.definition))))
  }
}
