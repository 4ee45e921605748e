import { dateIn } from '../../profiles/date-rows.ts'
import { HOUR } from '../../time/duration.ts'
import { addDays } from '../../time/local-moment.ts'
import { instantAt } from '../../time/zones.ts'
import type { Json } from '../../world/table.ts'
import type { Entry } from './entry.ts'

export type DateEntry = Entry['on'] & { readonly kind: 'date' }

/** When she enters by her date on this day (`2026-05-01`) where she is; undefined when her date brings her in on another. */
export function entryInstant(on: DateEntry, value: Json | undefined, day: string, zone: string): number | undefined {
  const date = dateIn(value)
  return date !== undefined && comesOn(date, addDays(day, -on.offset), on.yearly)
    ? instantAt(day, on.at, zone)
    : undefined
}

/** What to look for to find all whose date brings them in on this day. */
export function datesFor({ offset, yearly }: DateEntry, day: string): readonly string[] {
  const date = addDays(day, -offset)
  if (!yearly) return [date]
  return isLastOfShortFebruary(date) ? [date.slice(5), '02-29'] : [date.slice(5)]
}

/** The first instant at which it is this day anywhere, and so the time to find who enters on it. */
export function dayBegins(day: string): number {
  return Date.parse(day) - 14 * HOUR
}

/** Who has 29 February as her day has it on the 28th in other years. */
function comesOn(date: string, day: string, yearly: boolean): boolean {
  if (!yearly || date > day) return date === day
  return date.slice(5) === day.slice(5) || (date.endsWith('-02-29') && isLastOfShortFebruary(day))
}

function isLastOfShortFebruary(date: string): boolean {
  return date.endsWith('-02-28') && addDays(date, 1).endsWith('-03-01')
}
