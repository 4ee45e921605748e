import { handler } from '#functions/count-changes/handler.ts'
import { manifest } from '#functions/count-changes/manifest.ts'
import type { Sleeper } from '#local/clock.ts'
import type { System } from '#local/system.ts'
import type { StreamReader } from './stream-reader.ts'

/**
 * The stream of the table, to the function that follows it: whatever was written since the last look, in batches, and
 * only the rows that its manifest names.
 */
export class TableStream implements Sleeper {
  readonly #reader: StreamReader
  #system: System | undefined
  /** How many changes the function was told of. */
  handedOver = 0
  #isBehind = false
  #reading = false

  constructor(reader: StreamReader) {
    this.#reader = reader
  }

  join(system: System): void {
    this.#system = system
    system.clock.add(this)
  }

  /** Something was written. */
  written(): void {
    this.#isBehind = true
  }

  /** All of it is to be read once more. */
  again(): void {
    this.#reader.again()
    this.#isBehind = true
  }

  nextWakeAt(): number | undefined {
    return this.#isBehind && !this.#reading ? this.#system?.clock.now() : undefined
  }

  wake(): void {
    if (this.nextWakeAt() === undefined || this.#system === undefined) return
    this.#isBehind = false
    this.#reading = true
    void this.#system.activity.track(this.#read(this.#system))
  }

  async #read(system: System): Promise<void> {
    const { batchSize, sortKeys } = manifest.trigger
    const records = (await this.#reader.newRecords(system.clock.now())).filter(({ dynamodb }) =>
      sortKeys.some((prefix) => dynamodb?.Keys?.sk?.S?.startsWith(prefix)),
    )
    this.handedOver += records.length
    for (let from = 0; from < records.length; from += batchSize)
      await handler({ Records: records.slice(from, from + batchSize) }, system.contextOf(manifest.name))
    this.#reading = false
  }
}
