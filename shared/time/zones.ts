import { Temporal } from 'temporal-polyfill'
import { InvalidInput } from '../errors/errors.ts'
import { DAY, HOUR, MINUTE } from './duration.ts'

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const

export type Weekday = (typeof WEEKDAYS)[number]

export interface LocalTime {
  readonly hour: number
  readonly minute: number
  readonly weekday: Weekday
  /** `2026-11-21`. */
  readonly date: string
}

/** A stretch of time in which a zone keeps one offset from UTC; `from` is part of it, `until` is not. */
interface Stretch {
  readonly from: number
  readonly until: number
  readonly offset: number
}

/** No zone has ever been further from UTC than this. */
const LARGEST_OFFSET = 16 * HOUR

/** Per zone, the stretches that were asked for so far: a few a zone, as time goes by. */
const stretches = new Map<string, Stretch[]>()

/** True for a named zone of the IANA data, as in `Europe/Stockholm`; an offset such as `+01:00` is none. */
export function isZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false
  if (stretches.has(text)) return true
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** What the clocks on the wall show in `zone`. @throws InvalidInput `time.unknown-zone`. */
export function localTime(now: number, zone: string): LocalTime {
  const wall = now + offsetAt(now, zone)
  const minutes = Math.floor(modulo(wall, DAY) / MINUTE)
  return {
    hour: Math.floor(minutes / 60),
    minute: minutes % 60,
    weekday: weekdayOf(wall),
    date: dateOf(wall),
  }
}

/** Milliseconds to add to UTC for the time on the wall. @throws InvalidInput `time.unknown-zone`. */
export function offsetAt(now: number, zone: string): number {
  return stretchAt(now, zone).offset
}

/**
 * The next instant, `now` included, at which the clocks in `zone` come to `time` (`09:00`) on one of `days`.
 * A time that the clocks skip counts as the first minute after the gap; one they show twice counts the first time only.
 * @throws InvalidInput `time.unknown-zone`.
 */
export function nextLocalTime(now: number, zone: string, time: string, days: readonly Weekday[] = WEEKDAYS): number {
  const [hours, minutes] = time.split(':').map(Number)
  const intoDay = (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE
  const today = startOfDay(now + offsetAt(now, zone))
  for (let day = 0; day <= 2 * WEEKDAYS.length; day += 1) {
    const wall = today + day * DAY + intoDay
    const instant = instantOf(wall, zone)
    if (instant >= now && days.includes(weekdayOf(wall))) return instant
  }
  throw new InvalidInput('time.no-day', 'Give at least one day of the week.')
}

/** The instant of a local date (`2026-11-21`) and time (`09:00`), with the same rules for gaps and repeats. */
export function instantAt(date: string, time: string, zone: string): number {
  const wall = Date.parse(`${date}T${time}:00Z`)
  if (Number.isNaN(wall)) throw new InvalidInput('time.bad-date', 'Write the date as in "2026-11-21".')
  return instantOf(wall, zone)
}

/** The first instant at which the clocks have come to `wall`. */
function instantOf(wall: number, zone: string): number {
  let stretch = stretchAt(wall - LARGEST_OFFSET, zone)
  while (wall - stretch.offset >= stretch.until) stretch = stretchAt(stretch.until, zone)
  return Math.max(wall - stretch.offset, stretch.from)
}

function stretchAt(now: number, zone: string): Stretch {
  const known = stretches.get(zone)
  if (known) for (const stretch of known) if (now >= stretch.from && now < stretch.until) return stretch
  return learn(now, zone, known ?? [])
}

function learn(now: number, zone: string, known: Stretch[]): Stretch {
  if (!isZone(zone))
    throw new InvalidInput('time.unknown-zone', 'Use the name of a time zone, as in "Europe/Stockholm".')
  const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone)
  // A transition that is this very instant begins the stretch, so look back from just after it.
  const stretch = {
    from: zoned.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity,
    until: zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: zoned.offsetNanoseconds / 1e6,
  }
  stretches.set(zone, [stretch, ...known])
  return stretch
}

function startOfDay(wall: number): number {
  return wall - modulo(wall, DAY)
}

function weekdayOf(wall: number): Weekday {
  // 1 January 1970 was a Thursday.
  return WEEKDAYS[modulo(Math.floor(wall / DAY) + 3, WEEKDAYS.length)] ?? 'monday'
}

function dateOf(wall: number): string {
  const day = startOfDay(wall)
  if (day !== lastDay) {
    lastDay = day
    lastDate = new Date(day).toISOString().slice(0, 10)
  }
  return lastDate
}

/** Most calls in a row are about the same day. */
let lastDay = Number.NaN
let lastDate = ''

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor
}
