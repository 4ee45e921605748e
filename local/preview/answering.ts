import { recordTouchpoints } from '#shared/recording/record-touchpoints.ts'
import { parseTouchpoint } from '#shared/touchpoints/parse.ts'
import type { Json } from '#shared/world/table.ts'
import { feedbackFrom, type OutboxMessage } from '../outbox.ts'
import type { System } from '../system.ts'
import type { Act, Answer, MessageAnswer } from './answers.ts'

interface Due {
  readonly at: number
  readonly event: () => unknown
}

interface Herself {
  readonly customer: string
  /** Properties of what let her in, which what she does about it has too unless it says otherwise. */
  readonly about: Readonly<Record<string, Json>>
}

/** Does in a preview what its answers say that she does. */
export class Answering {
  readonly #system: System
  readonly #due: Due[] = []
  readonly #deaf: () => void

  constructor(system: System, answers: readonly Answer[], herself: Herself) {
    this.#system = system
    const now = system.clock.now()
    const acts = answers.filter((answer) => 'type' in answer)
    for (const act of acts) this.#due.push({ at: now + act.after, event: () => eventOf(act, herself) })
    const replies = answers.filter((answer) => 'message' in answer)
    this.#deaf = system.outbox.onMessage((message) => {
      for (const reply of replies) if (message.tags.message === reply.message) this.#plan(message, reply)
    })
  }

  /** Epoch ms of the next thing that she does. */
  nextAt(): number | undefined {
    return this.#due.length === 0 ? undefined : Math.min(...this.#due.map(({ at }) => at))
  }

  /** Does what is due by now. */
  async give(): Promise<void> {
    const now = this.#system.clock.now()
    for (let index = this.#due.findIndex(({ at }) => at <= now); index >= 0; ) {
      const [due] = this.#due.splice(index, 1)
      await this.#record(due?.event())
      index = this.#due.findIndex(({ at }) => at <= now)
    }
  }

  stop(): void {
    this.#deaf()
  }

  #plan(message: OutboxMessage, { what, text, after }: MessageAnswer): void {
    const at = message.at + after
    this.#due.push({ at, event: () => feedbackFrom(message, what, { now: at, text }) })
  }

  async #record(event: unknown): Promise<void> {
    const { world } = this.#system
    const receipt = { receivedAt: world.clock.now(), fallbackId: () => world.ids.next(), source: 'preview' }
    const parsed = parseTouchpoint(event, receipt)
    if (parsed.ok) await recordTouchpoints(world, [parsed.touchpoint])
  }
}

function eventOf({ type, channel, properties }: Act, { customer, about }: Herself): unknown {
  return { type, channel, identifiers: { customerId: customer }, properties: { ...about, ...properties } }
}
