import { api } from '#local/api.ts'
import type { System } from '#local/system.ts'
import type { Arrival, Event } from './arrivals.ts'

const MOST_TOGETHER = 100

/** The ways into the system: the web, the app and the care team use HTTP, the tills put events on the bus. */
export class Doors {
  readonly #system: System
  readonly #api: ReturnType<typeof api>

  constructor(system: System) {
    this.#system = system
    this.#api = api(system.world)
  }

  /** Resolves when all that follows at once from these arrivals has happened. */
  async take(arrivals: readonly Arrival[]): Promise<void> {
    const events = arrivals.flatMap((arrival) => ('event' in arrival ? [arrival.event] : []))
    const overHttp = events.filter(({ channel }) => channel === 'web' || channel === 'app')
    for (let at = 0; at < overHttp.length; at += MOST_TOGETHER) await this.#post(overHttp.slice(at, at + MOST_TOGETHER))
    await this.put(events.filter((event) => !overHttp.includes(event)))
    for (const arrival of arrivals)
      if ('link' in arrival) await this.#api.request(arrival.link.url, { method: arrival.link.method })
    await this.#system.activity.whenIdle()
  }

  /** What a console asks of the HTTP API, or does by it. */
  async ask(path: string, body?: object): Promise<unknown> {
    const headers = { authorization: `Bearer ${this.#system.token}`, 'content-type': 'application/json' }
    const request = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
    const answer = await this.#api.request(path, request)
    await this.#system.activity.whenIdle()
    return answer.json()
  }

  /** As `PutEvents` does. */
  async put(events: readonly Event[]): Promise<void> {
    if (events.length === 0) return
    await this.#system.world.bus.publish(
      events.map((detail) => ({ source: 'kaffi', detailType: String(detail.type), detail })),
    )
  }

  async #post(events: readonly Event[]): Promise<void> {
    await this.ask('/v1/events', { events })
  }
}
