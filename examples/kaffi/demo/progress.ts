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

  /** @param at the full hour that has just been reached. @returns undefined in the middle of a stretch that has one line. */
  async lineAt(at: number): Promise<string | undefined> {
    const hour = Math.round((at - this.#midnight) / HOUR)
    const label = labelOf(hour, at)
    if (label === undefined) return undefined
    const { touchpoints = 0, sent = 0 } = await readCounters(this.#world)
    const [came, went] = [touchpoints - this.#touchpoints, sent - this.#messages]
    this.#touchpoints = touchpoints
    this.#messages = sent
    const bar = '█'.repeat(Math.min(LONGEST_BAR, Math.round(came / this.#perBlock)))
    return `  ${label.padEnd(9)} ${count(came).padStart(5)} in  ${count(went).padStart(4)} out  ${bar}`.trimEnd()
  }
}

/** Of the stretch that ends at this hour after midnight of the day; undefined where none does. */
function labelOf(hour: number, at: number): string | undefined {
  if (hour === 6) return 'import'
  if (hour <= 21) return `${String(hour - 1).padStart(2, '0')}:00`
  if (hour === 24) return 'night'
  return hour % 24 === 0
    ? new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(at - DAY / 2)
    : undefined
}
