import type { Sleeper } from '#local/clock.ts'
import type { System } from '#local/system.ts'

/** Sweeps at every instant at which a row falls due; the embedded sweeper knows only the rows of its own table. */
export class DueSweeps implements Sleeper {
  readonly #due = new Set<number>()
  #system: System | undefined

  /** A row was written that falls due at an instant (epoch ms). */
  expect(at: number): void {
    this.#due.add(at)
  }

  join(system: System): void {
    this.#system = system
    system.clock.add(this)
  }

  nextWakeAt(): number | undefined {
    return this.#due.size === 0 ? undefined : Math.min(...this.#due)
  }

  wake(now: number): void {
    const isDue = [...this.#due].filter((at) => at <= now)
    if (isDue.length === 0 || this.#system === undefined) return
    for (const at of isDue) this.#due.delete(at)
    void this.#system.activity.track(this.#sweep(this.#system))
  }

  async #sweep(system: System): Promise<void> {
    const { more } = await system.sweep()
    if (more) this.expect(system.clock.now())
  }
}
