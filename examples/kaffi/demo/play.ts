import type { System } from '#local/system.ts'
import { DAY, HOUR, MINUTE } from '#shared/time/duration.ts'
import type { Arrival } from './arrivals.ts'
import { CareTeam } from './care-team.ts'
import type { Day } from './day.ts'
import { Doors } from './doors.ts'
import type { Audience } from './reactions.ts'

interface Playing {
  readonly system: System
  readonly day: Day
  readonly audience: Audience
  readonly midnight: number
  readonly until: number
}

/**
 * Plays the day, and what follows from it, through a running system: what arrives comes in by its doors, its clock is
 * moved on, what it sends is read and answered, and its care team answers who complains. Yields once those it knew before are in, and then at each full
 * hour, when all is quiet.
 */
export async function* play({ system, day, audience, midnight, until }: Playing): AsyncGenerator<number> {
  const doors = new Doors(system)
  const care = new CareTeam(doors, midnight)
  const coming = new Coming(day.arrivals)
  system.outbox.onMessage((message) => coming.add(audience.react(message)))
  await doors.put(day.known)
  await system.activity.whenIdle()
  for (let now = system.clock.now(); now < until; now = system.clock.now()) {
    if ((now - midnight) % HOUR === 0) yield now
    await doors.take(coming.take(now))
    await care.work(now)
    await system.clock.advance(stepAt(now - midnight))
  }
  yield until
}

/** Five minutes at a time; by night only waits end. */
function stepAt(sinceMidnight: number): number {
  const hour = (sinceMidnight % DAY) / HOUR
  if (hour < 6 || hour >= 23) return 30 * MINUTE
  return 5 * MINUTE
}

/** What is still on its way. */
class Coming {
  #arrivals: readonly Arrival[]

  constructor(arrivals: readonly Arrival[]) {
    this.#arrivals = arrivals
  }

  add(arrivals: readonly Arrival[]): void {
    this.#arrivals = [...this.#arrivals, ...arrivals]
  }

  /** What has arrived by now, in the order in which it did. */
  take(now: number): readonly Arrival[] {
    const here = this.#arrivals.filter(({ at }) => at <= now)
    if (here.length > 0) this.#arrivals = this.#arrivals.filter(({ at }) => at > now)
    return here.sort((one, other) => one.at - other.at)
  }
}
