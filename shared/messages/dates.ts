import { DAY } from '../time/duration.ts'
import { offsetAt } from '../time/zones.ts'

export interface DateContext {
  /** What `now` and `today` mean (epoch ms). */
  readonly now: number
  readonly zone: string
  readonly locale: string
}

const ISO = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i

/** Below this a number counts seconds since 1970, as Liquid has it; above, milliseconds. */
const SECONDS_END = 1e11

/**
 * Liquid's `date` filter, with the clock and the zone of the message instead of the machine's, and names in its
 * locale. A date without a time is that date in every zone. What is no date comes out as it went in.
 */
export function formatDate(value: unknown, format: string, context: DateContext): unknown {
  const wall = wallClock(value, context)
  if (wall === undefined) return value
  return format.replace(DIRECTIVE, (directive, flag: string, letter: string) => {
    const write = DIRECTIVES[letter]
    return write ? flagged(write(wall, context), flag) : directive
  })
}

/** What the clocks on her wall show, as if that were UTC (ms). */
function wallClock(value: unknown, { now, zone }: DateContext): number | undefined {
  if (value === 'now' || value === 'today') return now + offsetAt(now, zone)
  if (typeof value === 'number' && Number.isFinite(value)) {
    const instant = Math.abs(value) < SECONDS_END ? value * 1_000 : value
    return instant + offsetAt(instant, zone)
  }
  const iso = typeof value === 'string' ? ISO.exec(value) : null
  if (!iso) return undefined
  const [text, offset] = iso
  // What says no zone is a time on her wall already; a date alone is read as UTC as it is.
  const parsed = Date.parse(offset !== undefined || !text.includes(':') ? text : `${text}Z`)
  if (Number.isNaN(parsed)) return undefined
  return offset === undefined ? parsed : parsed + offsetAt(parsed, zone)
}

const DIRECTIVE = /%([-^]?)([a-zA-Z%])/g

type Writer = (wall: number, context: DateContext) => string

const utc = (wall: number) => new Date(wall)
const two = (value: number) => String(value).padStart(2, '0')

/** Making a formatter costs a hundred times what using it does, so each directive keeps one per locale. */
const named = (options: Intl.DateTimeFormatOptions): Writer => {
  const formatters = new Map<string, Intl.DateTimeFormat>()
  return (wall, { locale }) => {
    const formatter = formatters.get(locale) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
    formatters.set(locale, formatter)
    return formatter.format(wall)
  }
}

const DIRECTIVES: Readonly<Record<string, Writer>> = {
  Y: (wall) => String(utc(wall).getUTCFullYear()),
  y: (wall) => two(utc(wall).getUTCFullYear() % 100),
  m: (wall) => two(utc(wall).getUTCMonth() + 1),
  d: (wall) => two(utc(wall).getUTCDate()),
  e: (wall) => String(utc(wall).getUTCDate()).padStart(2, ' '),
  j: (wall) => String(dayOfYear(wall)).padStart(3, '0'),
  H: (wall) => two(utc(wall).getUTCHours()),
  k: (wall) => String(utc(wall).getUTCHours()).padStart(2, ' '),
  I: (wall) => two(utc(wall).getUTCHours() % 12 || 12),
  l: (wall) => String(utc(wall).getUTCHours() % 12 || 12).padStart(2, ' '),
  M: (wall) => two(utc(wall).getUTCMinutes()),
  S: (wall) => two(utc(wall).getUTCSeconds()),
  p: (wall) => (utc(wall).getUTCHours() < 12 ? 'AM' : 'PM'),
  P: (wall) => (utc(wall).getUTCHours() < 12 ? 'am' : 'pm'),
  u: (wall) => String(utc(wall).getUTCDay() || 7),
  w: (wall) => String(utc(wall).getUTCDay()),
  A: named({ weekday: 'long' }),
  a: named({ weekday: 'short' }),
  B: named({ month: 'long' }),
  b: named({ month: 'short' }),
  F: (wall) => utc(wall).toISOString().slice(0, 10),
  R: (wall) => utc(wall).toISOString().slice(11, 16),
  T: (wall) => utc(wall).toISOString().slice(11, 19),
  x: named({ dateStyle: 'long' }),
  '%': () => '%',
}

function dayOfYear(wall: number): number {
  return Math.floor((wall - Date.UTC(utc(wall).getUTCFullYear(), 0, 1)) / DAY) + 1
}

/** `-` takes padding away, `^` makes capitals. */
function flagged(text: string, flag: string): string {
  if (flag === '-') return text.replace(/^[0 ]+(?=\d)/, '')
  return flag === '^' ? text.toUpperCase() : text
}
