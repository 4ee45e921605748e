import { DAY, HOUR, MINUTE } from '#shared/time/duration.ts'
import { localTime } from '#shared/time/zones.ts'

/** `15:32`, on the clocks where she is. */
export function hourOf(at: number, zone: string): string {
  return format(at, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
}

/** `Saturday 21 November`. */
export function dateOf(at: number, zone: string): string {
  return format(at, zone, { weekday: 'long', day: 'numeric', month: 'long' }).replace(',', '')
}

/** `15:32` today, `tomorrow 09:04`, `Tue 09:04` within a week, else `21 Nov 09:04`. */
export function whenOf(at: number, zone: string, now: number): string {
  const days = daysBetween(now, at, zone)
  const hour = hourOf(at, zone)
  if (days === 0) return hour
  if (days === 1) return `tomorrow ${hour}`
  if (days === -1) return `yesterday ${hour}`
  if (Math.abs(days) < 7) return `${format(at, zone, { weekday: 'short' })} ${hour}`
  return `${format(at, zone, { day: 'numeric', month: 'short' })} ${hour}`
}

const UNITS = [
  ['month', 30 * DAY, 60 * DAY],
  ['day', DAY, 0.95 * DAY],
  ['hour', HOUR, 0.9 * HOUR],
  ['minute', MINUTE, 10 * MINUTE],
] as const

/** `1 hour later`; undefined for what reads as "at once". */
export function gapOf(from: number, to: number): string | undefined {
  for (const [unit, size, least] of UNITS) {
    if (to - from < least) continue
    const count = Math.round((to - from) / size)
    return `${count} ${unit}${count === 1 ? '' : 's'} later`
  }
  return undefined
}

function daysBetween(from: number, to: number, zone: string): number {
  const midnight = (at: number): number => Date.parse(localTime(at, zone).date)
  return Math.round((midnight(to) - midnight(from)) / DAY)
}

function format(at: number, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).format(at)
}
