/** Counts the work under way in the embedded world, so that a stepped clock moves only when nothing is running. */
export class Activity {
  #running = 0
  #idle: (() => void)[] = []

  get running(): number {
    return this.#running
  }

  /** Counts `work` as running until it settles; a rejection is the owner's business and passes through. */
  track<T>(work: Promise<T>): Promise<T> {
    this.begin()
    return work.finally(() => this.end())
  }

  begin(): void {
    this.#running += 1
  }

  end(): void {
    this.#running -= 1
    if (this.#running > 0) return
    const waiting = this.#idle
    this.#idle = []
    // One more turn: what just finished may start the next thing as its answer arrives.
    setImmediate(() => {
      for (const resolve of waiting) resolve()
    })
  }

  /** Resolves when nothing has been running for one turn of the event loop. */
  async whenIdle(): Promise<void> {
    do {
      if (this.#running > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
      else await new Promise<void>((resolve) => setImmediate(resolve))
    } while (this.#running > 0)
  }
}
