import type { SQSEvent } from 'aws-lambda'
import { handler } from '#functions/receive-feedback/handler.ts'
import { manifest } from '#functions/receive-feedback/manifest.ts'
import type { Sleeper } from '#local/clock.ts'
import type { System } from '#local/system.ts'

const AGAIN = 30_000

/** Then it goes to the dead letters. */
const MOST_RECEIVES = 5

interface Waiting {
  readonly event: object
  /** When it is handed over (epoch ms). */
  readonly at: number
  /** How often it has been handed over. */
  readonly receives: number
}

/** The queue between the default bus and the function for what providers report; what failed comes again later. */
export class FeedbackQueue implements Sleeper {
  #waiting: Waiting[] = []
  #system: System | undefined

  join(system: System): void {
    this.#system = system
    system.clock.add(this)
  }

  /** @param at epoch ms */
  tell(event: object, at: number): void {
    this.#waiting.push({ event, at, receives: 0 })
  }

  nextWakeAt(): number | undefined {
    return this.#waiting.length === 0 ? undefined : Math.min(...this.#waiting.map(({ at }) => at))
  }

  wake(now: number): void {
    const due = this.#waiting.filter(({ at }) => at <= now)
    if (due.length === 0 || this.#system === undefined) return
    this.#waiting = this.#waiting.filter(({ at }) => at > now)
    void this.#system.activity.track(this.#handOver(this.#system, due))
  }

  async #handOver(system: System, due: readonly Waiting[]): Promise<void> {
    const { batchItemFailures } = await handler(batchOf(due), system.contextOf(manifest.name))
    for (const { itemIdentifier } of batchItemFailures) {
      const failed = due[Number(itemIdentifier)]
      if (failed !== undefined && failed.receives + 1 < MOST_RECEIVES)
        this.#waiting.push({ ...failed, at: system.clock.now() + AGAIN, receives: failed.receives + 1 })
    }
  }
}

function batchOf(waiting: readonly Waiting[]): SQSEvent {
  const Records = waiting.map(({ event, at }, n) => ({
    messageId: String(n),
    body: JSON.stringify(event),
    attributes: { SentTimestamp: String(at), ApproximateReceiveCount: '1' },
  }))
  // Only what our handlers read of a record; the rest of SQS's envelope means nothing here.
  return { Records } as unknown as SQSEvent
}
