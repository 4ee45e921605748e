import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { System } from '../system.ts'
import { Bell } from './bell.ts'

/** A change is announced before it is committed, and seldom comes alone. */
const SETTLE = 50

/** Also how often the page learns that a minute has passed. */
const KEEP_ALIVE = 10_000

/** Tells everybody who looks at the page what it shows, as it is and whenever that has changed. */
export class Live {
  readonly #system: System
  readonly #view: () => Promise<string>
  readonly #bells = new Set<Bell>()

  constructor(system: System, view: () => Promise<string>) {
    this.#system = system
    this.#view = view
  }

  /** For what changes without a trace in the system: the time. */
  ring(): void {
    for (const bell of this.#bells) bell.ring()
  }

  stream(context: Context): Response {
    return streamSSE(context, async (stream) => {
      const bell = new Bell()
      stream.onAbort(this.#listen(bell))
      let shown = ''
      while (!stream.aborted) {
        const view = await this.#view()
        if (view === shown) await stream.write(': still here\n\n')
        else await stream.writeSSE({ event: 'story', data: view })
        shown = view
        await bell.heard(KEEP_ALIVE)
        await stream.sleep(SETTLE)
      }
    })
  }

  /** @returns what ends it, and with it the wait for the next change. */
  #listen(bell: Bell): () => void {
    this.#bells.add(bell)
    const { changes, outbox } = this.#system
    const stops = [changes.onAdded(() => bell.ring()), outbox.onMessage(() => bell.ring())]
    return () => {
      this.#bells.delete(bell)
      for (const stop of stops) stop()
      bell.ring()
    }
  }
}
