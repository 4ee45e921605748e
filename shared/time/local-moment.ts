import { DAY } from './duration.ts'
import { instantAt } from './zones.ts'

/** A date on the wall, and mostly a time: which instant it is depends on the zone. */
export interface LocalMoment {
  /** `2026-12-24`. */
  readonly date: string
  /** `09:00`; absent for the day as a whole. */
  readonly time?: string | undefined
}

/** Reads `2026-12-24` or `2026-12-24 09:00`; undefined when it is neither. */
export function parseLocalMoment(text: string): LocalMoment | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T]([01]\d|2[0-3]):([0-5]\d))?$/.exec(text)
  const [, date = '', hour, minute] = match ?? []
  const midnight = Date.parse(`${date}T00:00Z`)
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return undefined
  return hour === undefined ? { date } : { date, time: `${hour}:${minute}` }
}

/** The first instant of it in a zone. */
export function startOf({ date, time = '00:00' }: LocalMoment, zone: string): number {
  return instantAt(date, time, zone)
}

/** The first instant after it: a day as a whole is over when the next one begins. */
export function endOf({ date, time }: LocalMoment, zone: string): number {
  return time === undefined ? instantAt(addDays(date, 1), '00:00', zone) : instantAt(date, time, zone)
}

/** `2026-12-24`, so many days later; earlier when negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)
}

export function describeLocalMoment({ date, time }: LocalMoment): string {
  return time === undefined ? date : `${date} ${time}`
}
