import type { Hours } from '../brand/purposes.ts'
import { shareOf } from '../profiles/share-of.ts'
import { DAY, MINUTE } from '../time/duration.ts'
import { nextLocalTime, offsetAt } from '../time/zones.ts'

const MINUTES_A_DAY = 24 * 60

/** Waking times of several zones are passed through one after the other; more than a day of each is never needed. */
const MOST_STEPS = 200

const SPREAD = 10 * MINUTE

/** Milliseconds that a customer wakes after others: those who were held until the same hour do not all come at once. */
export function spreadOf(customer: string): number {
  return Math.floor(shareOf(customer, 'quiet hours') * SPREAD)
}

/** True when the clocks in any of the zones show an hour from `from` up to but not including `to`, over midnight too. */
export function isWithin(now: number, { from, to }: Hours, zones: readonly string[]): boolean {
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  return zones.some((zone) => isBetween(minuteOfDay(now, zone), begin, end))
}

/** The next instant at which none of the zones is within the hours; undefined when there is none in the days ahead. */
export function nextOutside(now: number, { from, to }: Hours, zones: readonly string[]): number | undefined {
  const [begin, end] = [minutesOf(from), minutesOf(to)]
  let at = now
  for (let step = 0; step < MOST_STEPS; step++) {
    const within = zones.find((zone) => isBetween(minuteOfDay(at, zone), begin, end))
    if (within === undefined) return at
    at = morningAfter(at, within, to)
  }
  return undefined
}

/** When the clocks come to `to`; in an hour that they show twice it may be the second time that comes next. */
function morningAfter(now: number, zone: string, to: string): number {
  const ahead = (minutesOf(to) - minuteOfDay(now, zone) + MINUTES_A_DAY) % MINUTES_A_DAY
  const morning = now - (now % MINUTE) + ahead * MINUTE
  return minuteOfDay(morning, zone) === minutesOf(to) ? morning : nextLocalTime(now, zone, to)
}

function minuteOfDay(now: number, zone: string): number {
  const wall = now + offsetAt(now, zone)
  return Math.floor((((wall % DAY) + DAY) % DAY) / MINUTE)
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

function isBetween(minute: number, from: number, to: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}
