import { describeError } from '#shared/errors/errors.ts'
import type { Change } from '#shared/world/feed.ts'
import type { Log } from '#shared/world/world.ts'
import type { Activity } from './activity.ts'
import type { ChangeLog } from './change-log.ts'
import type { LocalClock, Sleeper } from './clock.ts'

const FIRST_DELAY = 1_000
const LONGEST_DELAY = 15 * 60_000

/**
 * Hands committed changes to a function, batch by batch, and goes on after a restart where it stopped. A batch that its
 * function failed on comes again, later each time.
 */
export class ChangesReader implements Sleeper {
  readonly #changes: ChangeLog
  readonly #clock: LocalClock
  readonly #activity: Activity
  readonly #log: Log
  readonly #name: string
  readonly #batchSize: number
  readonly #handle: (changes: readonly Change[]) => Promise<void>
  #running = false
  #stopped = false
  #position: number
  #failures = 0
  #retryAt: number | undefined

  constructor(options: {
    readonly changes: ChangeLog
    readonly clock: LocalClock
    readonly activity: Activity
    readonly log: Log
    readonly name: string
    readonly batchSize: number
    readonly handle: (changes: readonly Change[]) => Promise<void>
  }) {
    this.#changes = options.changes
    this.#clock = options.clock
    this.#activity = options.activity
    this.#log = options.log
    this.#name = options.name
    this.#batchSize = options.batchSize
    this.#handle = options.handle
    this.#position = options.changes.positionOf(options.name)
  }

  /** Reads what there is, then whatever comes. */
  start(): void {
    this.#changes.onAdded(() => this.#begin())
    this.#begin()
  }

  stop(): void {
    this.#stopped = true
  }

  nextWakeAt(): number | undefined {
    return this.#retryAt
  }

  wake(now: number): void {
    if (this.#retryAt !== undefined && this.#retryAt <= now) this.#begin()
  }

  #begin(): void {
    if (this.#running || this.#stopped) return
    this.#running = true
    this.#retryAt = undefined
    void this.#activity.track(this.#read())
  }

  async #read(): Promise<void> {
    // What was added is committed at the end of the turn at the earliest.
    await new Promise<void>((resolve) => setImmediate(resolve))
    try {
      for (let batch = this.#next(); batch.length > 0 && !this.#stopped; batch = this.#next())
        await this.#handOver(batch)
    } catch (error) {
      this.#log.error('a reader of changes failed', { reader: this.#name, ...describeError(error) })
      this.#retryAt = this.#clock.now() + Math.min(FIRST_DELAY * 2 ** this.#failures++, LONGEST_DELAY)
      this.#clock.reschedule()
    }
    this.#running = false
  }

  #next(): readonly Change[] {
    return this.#stopped ? [] : this.#changes.since(this.#position, this.#batchSize)
  }

  async #handOver(batch: readonly Change[]): Promise<void> {
    await this.#handle(batch)
    this.#failures = 0
    this.#position = Number(batch.at(-1)?.sequence ?? this.#position)
    await this.#changes.advance(this.#name, this.#position)
  }
}
