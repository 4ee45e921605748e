import type { Json } from '#shared/world/table.ts'
import type { Database } from '../database.ts'
import type { Position, Stop } from './position.ts'

/** What an execution waits for: its task being invoked, its token, a time, the next attempt. */
type Phase = 'task' | 'token' | 'wait' | 'retry'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS executions (
    id INTEGER PRIMARY KEY, machine TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
    started_at INTEGER NOT NULL, revision INTEGER NOT NULL, status TEXT NOT NULL, phase TEXT, wake_at INTEGER,
    token TEXT, ended_at INTEGER, input TEXT, position TEXT, outcome TEXT, UNIQUE (machine, name)
  );
  CREATE INDEX IF NOT EXISTS executions_due ON executions (wake_at, id) WHERE wake_at IS NOT NULL;
  CREATE UNIQUE INDEX IF NOT EXISTS executions_token ON executions (token) WHERE token IS NOT NULL;
  CREATE INDEX IF NOT EXISTS executions_invoked ON executions (id) WHERE phase = 'task';
  CREATE INDEX IF NOT EXISTS executions_ended ON executions (ended_at, status) WHERE ended_at IS NOT NULL;
`

const DAY = 24 * 60 * 60 * 1_000

/** For so long a name stays taken after its execution ended, as on AWS. */
const KEPT = 90 * DAY

/** How many expired rows one commit removes at most, so that no commit takes long. */
const PURGED_AT_ONCE = 500

/** A running execution as it was last committed. */
export interface Execution {
  readonly id: number
  readonly machine: string
  readonly version: number
  readonly name: string
  readonly startedAt: number
  readonly input: Json
  /** Counts its commits: whoever wants to move it on must have seen the last one. */
  readonly revision: number
  readonly phase: Phase
  readonly wakeAt: number | undefined
  readonly position: Position
}

export type NewExecution = Pick<Execution, 'machine' | 'version' | 'name' | 'startedAt' | 'input'>

export interface ExecutionSummary {
  readonly status: 'running' | 'succeeded' | 'failed' | 'stopped'
  readonly startedAt: number
  readonly endedAt?: number
  /** The state it is in and, where it waits for a time, until when; running executions only. */
  readonly state?: string
  readonly wakeAt?: number
  readonly output?: Json
  readonly error?: string
  readonly cause?: string
}

interface Row {
  readonly id: number
  readonly machine: string
  readonly version: number
  readonly name: string
  readonly started_at: number
  readonly input: string
  readonly revision: number
  readonly phase: Phase
  readonly wake_at: number | null
  readonly position: string
}

const ROW = 'id, machine, version, name, started_at, input, revision, phase, wake_at, position'

/** One row for each execution. What changes rows is to be called inside a commit of the database. */
export class Executions {
  readonly #database: Database
  #purgeAfter = 0

  constructor(database: Database) {
    database.prepareSchema(SCHEMA)
    this.#database = database
  }

  /** Undefined when the name is taken, by a running execution or by one that ended less than 90 days ago. */
  insert(execution: NewExecution, stop: Stop, now: number): number | undefined {
    this.#purge(now)
    const inserted = this.#insert(execution, stop, now)
    if (inserted !== undefined) return inserted
    const { changes } = this.#database
      .statement('DELETE FROM executions WHERE machine = ? AND name = ? AND ended_at <= ?')
      .run(execution.machine, execution.name, now - KEPT)
    return changes > 0 ? this.#insert(execution, stop, now) : undefined
  }

  /** False when the execution has moved on or ended since `revision`. */
  update(id: number, revision: number, stop: Stop, now: number): boolean {
    const { phase, wakeAt, token, position, status, endedAt, outcome } = columnsOf(stop, now)
    const { changes } = this.#database
      .statement(
        `UPDATE executions SET revision = revision + 1, phase = ?, wake_at = ?, token = ?, position = ?, status = ?,
         ended_at = ?, outcome = ?, input = iif(? IS NULL, input, NULL) WHERE id = ? AND revision = ?`,
      )
      .run(phase, wakeAt, token, position, status, endedAt, outcome, endedAt, id, revision)
    return changes > 0
  }

  /** Notes that the function was invoked and only the token is waited for; the position stays what it was. */
  parkOnToken(id: number, revision: number): void {
    this.#database.statement(`UPDATE executions SET phase = 'token' WHERE id = ? AND revision = ?`).run(id, revision)
  }

  stop(machine: string, name: string, now: number): boolean {
    const { changes } = this.#database
      .statement(
        `UPDATE executions SET revision = revision + 1, phase = NULL, wake_at = NULL, token = NULL, position = NULL,
         input = NULL, status = 'stopped', ended_at = ? WHERE machine = ? AND name = ? AND status = 'running'`,
      )
      .run(now, machine, name)
    return changes > 0
  }

  byId(id: number): Execution | undefined {
    return executionOf(
      this.#database.statement(`SELECT ${ROW} FROM executions WHERE id = ? AND status = 'running'`).get(id),
    )
  }

  byToken(token: string): Execution | undefined {
    return executionOf(this.#database.statement(`SELECT ${ROW} FROM executions WHERE token = ?`).get(token))
  }

  /** Those whose task was being invoked, oldest first. */
  invoked(): readonly number[] {
    return idsOf(this.#database.statement(`SELECT id FROM executions WHERE phase = 'task' ORDER BY id`).all())
  }

  /** The earliest time after `after` at which one is to be woken. */
  nextWakeAt(after: number): number | undefined {
    const row = this.#database
      .statement('SELECT wake_at FROM executions WHERE wake_at IS NOT NULL AND wake_at > ? ORDER BY wake_at LIMIT 1')
      .get(after)
    return row === undefined ? undefined : Number(row.wake_at)
  }

  /** Those to be woken after `after` and until `now`, in order of that time. */
  due(after: number, now: number): readonly number[] {
    return idsOf(
      this.#database
        .statement(
          `SELECT id FROM executions WHERE wake_at IS NOT NULL AND wake_at > ? AND wake_at <= ? ORDER BY wake_at, id`,
        )
        .all(after, now),
    )
  }

  summary(machine: string, name: string): ExecutionSummary | undefined {
    const row = this.#database
      .statement(
        `SELECT status, started_at AS startedAt, ended_at AS endedAt, wake_at AS wakeAt, outcome,
         position ->> 'state' AS state FROM executions WHERE machine = ? AND name = ?`,
      )
      .get(machine, name)
    if (row === undefined) return undefined
    const { outcome, ...columns } = row
    const there = Object.entries(columns).filter(([, value]) => value !== null)
    // The columns are named as the summary's fields, and `outcome` was written by `columnsOf`.
    return { ...Object.fromEntries(there), ...JSON.parse(String(outcome ?? '{}')) } as ExecutionSummary
  }

  counts(): Readonly<Record<ExecutionSummary['status'], number>> {
    const counts = { running: 0, succeeded: 0, failed: 0, stopped: 0 }
    const ended = this.#database
      .statement('SELECT status, COUNT(*) AS count FROM executions WHERE ended_at IS NOT NULL GROUP BY status')
      .all()
    for (const { status, count } of ended) counts[status as keyof typeof counts] = Number(count)
    const all = Number(this.#database.statement('SELECT COUNT(*) AS count FROM executions').get()?.count)
    return { ...counts, running: all - counts.succeeded - counts.failed - counts.stopped }
  }

  #insert({ machine, version, name, startedAt, input }: NewExecution, stop: Stop, now: number): number | undefined {
    const { phase, wakeAt, token, position, status, endedAt, outcome } = columnsOf(stop, now)
    const kept = endedAt === null ? JSON.stringify(input) : null
    const row = this.#database
      .statement(
        `INSERT INTO executions (machine, version, name, started_at, revision, phase, wake_at, token, position, status,
         ended_at, outcome, input) VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING id`,
      )
      .get(machine, version, name, startedAt, phase, wakeAt, token, position, status, endedAt, outcome, kept)
    return row === undefined ? undefined : Number(row.id)
  }

  /** Looks for expired rows once an hour, and again at once while there are more. */
  #purge(now: number): void {
    if (now < this.#purgeAfter) return
    const { changes } = this.#database
      .statement(
        `DELETE FROM executions WHERE id IN
         (SELECT id FROM executions WHERE ended_at IS NOT NULL AND ended_at <= ? ORDER BY ended_at LIMIT ?)`,
      )
      .run(now - KEPT, PURGED_AT_ONCE)
    if (changes < PURGED_AT_ONCE) this.#purgeAfter = now + DAY / 24
  }
}

interface Columns {
  readonly phase: Phase | null
  readonly wakeAt: number | null
  readonly token: string | null
  readonly position: string | null
  readonly status: ExecutionSummary['status']
  readonly endedAt: number | null
  readonly outcome: string | null
}

function columnsOf(stop: Stop, now: number): Columns {
  if ('position' in stop) {
    const { kind, position, wakeAt } = stop
    const running = { status: 'running', endedAt: null, outcome: null } as const
    const token = position.token ?? null
    return { ...running, phase: kind, wakeAt: wakeAt ?? null, token, position: JSON.stringify(position) }
  }
  const { kind, ...outcome } = stop
  const nothing = { phase: null, wakeAt: null, token: null, position: null }
  return { ...nothing, status: kind, endedAt: now, outcome: JSON.stringify(outcome) }
}

function executionOf(row: unknown): Execution | undefined {
  if (row === undefined) return undefined
  const { started_at, wake_at, input, position, ...columns } = row as Row
  return {
    ...columns,
    startedAt: started_at,
    wakeAt: wake_at ?? undefined,
    input: JSON.parse(input) as Json,
    position: JSON.parse(position) as Position,
  }
}

function idsOf(rows: readonly Readonly<Record<string, unknown>>[]): readonly number[] {
  return rows.map(({ id }) => Number(id))
}
