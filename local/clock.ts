import type { Clock } from '#shared/world/world.ts'
import type { Activity } from './activity.ts'

/** Something that has work to do at a later time: waits, delayed messages, sweeps. */
export interface Sleeper {
  /** Epoch ms of the earliest thing that falls due; undefined when nothing waits. */
  nextWakeAt(): number | undefined
  /** Starts what is due at or before `now`, in order of its due time, counted by the world's Activity. */
  wake(now: number): void
}

const LONGEST_TIMER = 2 ** 31 - 1

/**
 * The embedded world's time: the machine's own, plus an offset that `advance` grows. It never runs faster than real
 * time by itself: `advance` jumps to each wake-up in turn, and to the next only when nothing is running.
 */
export class LocalClock implements Clock {
  readonly #activity: Activity
  readonly #sleepers: Sleeper[] = []
  readonly #realNow: () => number
  readonly #saveOffset: (offset: number) => Promise<void>
  #offset: number
  #timer: NodeJS.Timeout | undefined
  #timerAt = 0
  #advancing: Promise<unknown> = Promise.resolve()
  #saved: Promise<void> = Promise.resolve()
  #stopped = true
  #rescheduling = false

  constructor(options: {
    readonly activity: Activity
    /** As saved before; milliseconds. */
    readonly offset?: number
    /** Keeps the offset over a restart. */
    readonly saveOffset?: (offset: number) => Promise<void>
    /** For tests that stand still between steps; default the machine's time. */
    readonly realNow?: () => number
  }) {
    this.#activity = options.activity
    this.#offset = options.offset ?? 0
    this.#saveOffset = options.saveOffset ?? (async () => {})
    this.#realNow = options.realNow ?? Date.now
  }

  now(): number {
    return this.#realNow() + this.#offset
  }

  /** Milliseconds that the story is ahead of the machine's time. */
  get offset(): number {
    return this.#offset
  }

  add(sleeper: Sleeper): void {
    this.#sleepers.push(sleeper)
  }

  /** Begins to wake sleepers as real time passes; what fell due before is woken at once. */
  start(): void {
    this.#stopped = false
    this.reschedule()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  /** To be called by a sleeper whose next wake-up has become earlier. */
  reschedule(): void {
    if (this.#stopped || this.#rescheduling) return
    this.#rescheduling = true
    setImmediate(() => this.#setTimer())
  }

  /** To be called by whoever has written down that something falls due at an instant (epoch ms). */
  expect(at: number): void {
    if (this.#timer === undefined || at < this.#timerAt) this.reschedule()
  }

  #setTimer(): void {
    this.#rescheduling = false
    if (this.#stopped) return
    clearTimeout(this.#timer)
    const next = this.nextWakeAt()
    this.#timer = undefined
    if (next === undefined) return
    this.#timerAt = next
    this.#timer = setTimeout(() => this.#tick(), Math.min(Math.max(0, next - this.now()), LONGEST_TIMER))
  }

  /** Moves the time on by `milliseconds`, stopping at every wake-up on the way; resolves when all is quiet again. */
  advance(milliseconds: number): Promise<void> {
    const step = this.#advancing.then(() => this.#advanceTo(this.now() + milliseconds))
    this.#advancing = step.catch(() => {})
    return step
  }

  /** Epoch ms of the earliest thing that falls due, of all that sleeps. */
  nextWakeAt(): number | undefined {
    let earliest: number | undefined
    for (const sleeper of this.#sleepers) {
      const at = sleeper.nextWakeAt()
      if (at !== undefined && (earliest === undefined || at < earliest)) earliest = at
    }
    return earliest
  }

  async #advanceTo(target: number): Promise<void> {
    await this.#activity.whenIdle()
    for (let next = this.nextWakeAt(); next !== undefined && next <= target; next = this.nextWakeAt()) {
      this.#moveTo(next)
      this.#wakeAll()
      await this.#activity.whenIdle()
    }
    this.#moveTo(target)
    await this.#saved
    this.reschedule()
  }

  #moveTo(instant: number): void {
    const ahead = instant - this.now()
    if (ahead <= 0) return
    this.#offset += ahead
    this.#saved = this.#saveOffset(this.#offset)
  }

  #wakeAll(): void {
    const now = this.now()
    for (const sleeper of this.#sleepers) sleeper.wake(now)
  }

  #tick(): void {
    this.#wakeAll()
    this.reschedule()
  }
}
