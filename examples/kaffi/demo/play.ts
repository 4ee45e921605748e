import type { System } from '#local/system.ts'
import { DAY, HOUR, MINUTE } from '#shared/time/duration.ts'
import type { Arrival } from './arrivals.ts'
import type { Day } from './day.ts'
import type { Audience } from './reactions.ts'

export interface Playing {
  readonly system: System
  readonly day: Day
  readonly audience: Audience
  readonly midnight: number
  readonly until: number
  /** Called at each full hour, when all is quiet. */
  readonly onHour: (at: number) => Promise<void>
}

/**
 * Plays the day, and what follows from it, through a running system: events go onto its bus when they arrive, its
 * clock is moved on, and what it sends is read and answered.
 * @returns how many events its bus has accepted.
 */
export async function play({ system, day, audience, midnight, until, onHour }: Playing): Promise<number> {
  const coming = new Coming(day.arrivals)
  system.outbox.onMessage((message) => coming.add(audience.react(message)))
  let accepted = await publish(system, day.known)
  let hour = Math.floor((system.clock.now() - midnight) / HOUR)
  for (let now = system.clock.now(); now < until; now = system.clock.now()) {
    accepted += await publish(system, coming.take(now))
    await system.clock.advance(stepAt(now - midnight))
    if (Math.floor((system.clock.now() - midnight) / HOUR) === hour) continue
    hour += 1
    await onHour(midnight + hour * HOUR)
  }
  return accepted
}

/** Two minutes at a time on the day itself, five on those after; by night only waits end. */
function stepAt(sinceMidnight: number): number {
  const hour = (sinceMidnight % DAY) / HOUR
  if (hour < 6 || hour >= 23) return 30 * MINUTE
  return sinceMidnight < DAY ? 2 * MINUTE : 5 * MINUTE
}

async function publish({ world, clock, activity }: System, details: readonly Arrival['detail'][]): Promise<number> {
  if (details.length === 0) return 0
  const events = details.map((detail) => ({ source: 'kaffi', detailType: String(detail.type), detail, time: clock.now() }))
  const results = await world.bus.publish(events)
  await activity.whenIdle()
  return results.filter((result) => result.accepted).length
}

/** Events that are still on their way, by the time they arrive. */
class Coming {
  #arrivals: Arrival[]

  constructor(arrivals: readonly Arrival[]) {
    this.#arrivals = [...arrivals]
  }

  add(arrivals: readonly Arrival[]): void {
    this.#arrivals.push(...arrivals)
  }

  /** Those that have arrived by now, in the order in which they did. */
  take(now: number): readonly Arrival['detail'][] {
    const here = this.#arrivals.filter(({ at }) => at <= now)
    if (here.length === 0) return []
    this.#arrivals = this.#arrivals.filter(({ at }) => at > now)
    return here.sort((one, other) => one.at - other.at).map(({ detail }) => detail)
  }
}
