/** Lets so many works run at once; the others wait their turn, first come first served. */
export class Slots {
  #free: number
  #waiting: (() => void)[] = []
  /** How many of `#waiting` have had their turn; cut off now and then, since `shift` is slow on a long queue. */
  #served = 0

  constructor(count: number) {
    this.#free = count
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await work()
    } finally {
      this.#next()
    }
  }

  #next(): void {
    const turn = this.#waiting[this.#served]
    if (turn === undefined) {
      this.#waiting = []
      this.#served = 0
      this.#free += 1
      return
    }
    this.#served += 1
    turn()
  }
}
