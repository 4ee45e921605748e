import type { System } from '#local/system.ts'
import { DAY, HOUR } from '#shared/time/duration.ts'
import { count } from './columns.ts'
import { readCounters } from './tally.ts'

const LONGEST_BAR = 40

/** A line for each hour of the day and for each day after it, as it is played. */
export class Progress {
  readonly #world: System['world']
  readonly #midnight: number
  readonly #perBlock: number
  #touchpoints = 0
  #messages = 0

  constructor(system: System, midnight: number, customers: number) {
    this.#world = system.world
    this.#midnight = midnight
    this.#perBlock = Math.max(1, customers / 18)
  }

  /** @param at the full hour that has just been reached. */
  async show(at: number): Promise<void> {
    const hour = Math.round((at - this.#midnight) / HOUR)
    const isOnTheDay = hour <= 21
    if (!isOnTheDay && hour % 24 !== 0) return
    const { touchpoints = 0, sent = 0 } = await readCounters(this.#world)
    const [came, went] = [touchpoints - this.#touchpoints, sent - this.#messages]
    this.#touchpoints = touchpoints
    this.#messages = sent
    const bar = '█'.repeat(Math.min(LONGEST_BAR, Math.round(came / this.#perBlock)))
    const label = isOnTheDay ? `${String(hour - 1).padStart(2, '0')}:00` : nameOf(at - DAY, hour)
    console.log(`  ${label.padEnd(9)} ${count(came).padStart(5)} in  ${count(went).padStart(4)} out  ${bar}`)
  }
}

function nameOf(midnight: number, hour: number): string {
  return hour === 24 ? 'night' : new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(midnight + DAY / 2)
}
