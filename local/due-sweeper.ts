import { describeError } from '#shared/errors/errors.ts'
import type { Swept } from '#shared/recording/due/sweep-due.ts'
import type { Log } from '#shared/world/world.ts'
import type { Activity } from './activity.ts'
import type { LocalClock, Sleeper } from './clock.ts'
import type { Database } from './database.ts'

/** The sweep looks at all shards together, so it has an index of its own. */
const SCHEMA = "CREATE INDEX IF NOT EXISTS items_due ON items (isk) WHERE ipk GLOB 'DUE#*'"

/** What a sweep left as it was is not looked at again before this. */
const PAUSE = 60_000

/**
 * Runs the functions of the schedule when a row of the due index has fallen due, instead of every minute: what is due
 * happens at once, and a stepped clock need not stop at every minute of a month.
 */
export class DueSweeper implements Sleeper {
  readonly #database: Database
  readonly #clock: LocalClock
  readonly #activity: Activity
  readonly #log: Log
  readonly #sweep: () => Promise<Swept>
  #running = false
  #notBefore = 0

  constructor(options: {
    readonly database: Database
    readonly clock: LocalClock
    readonly activity: Activity
    readonly log: Log
    readonly sweep: () => Promise<Swept>
  }) {
    options.database.prepareSchema(SCHEMA)
    this.#database = options.database
    this.#clock = options.clock
    this.#activity = options.activity
    this.#log = options.log
    this.#sweep = options.sweep
  }

  nextWakeAt(): number | undefined {
    if (this.#running) return undefined
    const row = this.#database.statement("SELECT MIN(isk) AS at FROM items WHERE ipk GLOB 'DUE#*'").get()
    return typeof row?.at === 'string' ? Math.max(Date.parse(row.at), this.#notBefore) : undefined
  }

  wake(now: number): void {
    const next = this.nextWakeAt()
    if (next === undefined || next > now) return
    this.#running = true
    void this.#activity.track(this.#run(now))
  }

  async #run(now: number): Promise<void> {
    let goesOn = false
    try {
      goesOn = (await this.#sweep()).more
    } catch (error) {
      this.#log.error('the sweep of due rows failed', describeError(error))
    }
    this.#running = false
    const next = this.nextWakeAt()
    if (!goesOn && next !== undefined && next <= now) this.#notBefore = now + PAUSE
    this.#clock.reschedule()
  }
}
