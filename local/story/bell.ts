/** Lets one side say that something happened and the other wait for it; what happened meanwhile is not lost. */
export class Bell {
  #rung = false
  #answer: (() => void) | undefined

  ring(): void {
    this.#rung = true
    this.#answer?.()
  }

  /** Resolves when it has rung since the last time, or after `milliseconds`. */
  async heard(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      let timer: NodeJS.Timeout | undefined
      await new Promise<void>((resolve) => {
        this.#answer = resolve
        timer = setTimeout(resolve, milliseconds)
      })
      clearTimeout(timer)
    }
    this.#answer = undefined
    this.#rung = false
  }
}
