import { InvalidInput } from '../errors/errors.ts'
import { DAY } from './duration.ts'
import { instantAt, localTime } from './zones.ts'

/** When something happens again and again, by the clocks on the wall; each list ascending. */
export interface Cron {
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly daysOfMonth: readonly number[]
  /** January is 1. */
  readonly months: readonly number[]
  /** Sunday is 0. */
  readonly daysOfWeek: readonly number[]
  /** Where the day of the month and that of the week are both given, one of them is enough, as cron has it. */
  readonly eitherDay: boolean
}

interface Field {
  readonly what: string
  readonly from: number
  readonly to: number
  readonly names?: readonly string[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEK = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

const MINUTE: Field = { what: 'minute', from: 0, to: 59 }
const HOUR: Field = { what: 'hour', from: 0, to: 23 }
const DAY_OF_MONTH: Field = { what: 'day of the month', from: 1, to: 31 }
const MONTH: Field = { what: 'month', from: 1, to: 12, names: MONTHS }
/** 7 is Sunday too. */
const DAY_OF_WEEK: Field = { what: 'day of the week', from: 0, to: 7, names: WEEK }

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** From one 29 February to the next it is eight years at the most, and a little room. */
const FAR = 9 * 366

/**
 * Reads the five fields of cron: minute, hour, day of the month, month, day of the week; each `*`, a number, a range,
 * a step or a list of these, months and weekdays also by their first three letters.
 * @throws InvalidInput `time.bad-cron`, with what is wrong.
 */
export function parseCron(text: string): Cron {
  const [minute, hour, dayOfMonth, month, dayOfWeek, ...more] = text.trim().toLowerCase().split(/\s+/)
  if (dayOfWeek === undefined || more.length > 0)
    throw bad('It has five fields: minute, hour, day of the month, month, day of the week, as in "0 9 * * mon".')
  const daysOfWeek = readField(DAY_OF_WEEK, dayOfWeek).map((day) => day % 7)
  const cron = {
    minutes: readField(MINUTE, minute ?? ''),
    hours: readField(HOUR, hour ?? ''),
    daysOfMonth: readField(DAY_OF_MONTH, dayOfMonth ?? ''),
    months: readField(MONTH, month ?? ''),
    daysOfWeek: [...new Set(daysOfWeek)],
    eitherDay: !dayOfMonth?.startsWith('*') && !dayOfWeek.startsWith('*'),
  }
  if (!cron.eitherDay && !cron.months.some((one) => (cron.daysOfMonth[0] ?? 0) <= (LONGEST_MONTHS[one - 1] ?? 0)))
    throw bad('There is no such day in these months.')
  return cron
}

/**
 * The first instant after `after` at which the clocks in `zone` show such a time. A time that the clocks skip counts as
 * the first minute after the gap; one they show twice counts the first time only.
 */
export function nextCron(cron: Cron, zone: string, after: number): number {
  const { date, hour, minute } = localTime(after, zone)
  const today = Date.parse(date)
  for (let day = 0; day <= FAR; day += 1) {
    const wallDay = new Date(today + day * DAY)
    if (!isDay(cron, wallDay)) continue
    const from = day === 0 ? hour * 60 + minute + 1 : 0
    const found = firstOf(cron, wallDay.toISOString().slice(0, 10), from, zone, after)
    if (found !== undefined) return found
  }
  throw bad('It never comes.')
}

/** The clocks come to later times later, so the first time that comes after is the first of all. */
function firstOf(cron: Cron, date: string, from: number, zone: string, after: number): number | undefined {
  for (const hour of cron.hours)
    for (const minute of cron.minutes) {
      if (hour * 60 + minute < from) continue
      const instant = instantAt(date, `${twoDigits(hour)}:${twoDigits(minute)}`, zone)
      if (instant > after) return instant
    }
  return undefined
}

function isDay({ months, daysOfMonth, daysOfWeek, eitherDay }: Cron, day: Date): boolean {
  if (!months.includes(day.getUTCMonth() + 1)) return false
  const ofMonth = daysOfMonth.includes(day.getUTCDate())
  const ofWeek = daysOfWeek.includes(day.getUTCDay())
  return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek
}

function readField(field: Field, text: string): readonly number[] {
  const values = text.split(',').flatMap((part) => readPart(field, part))
  return [...new Set(values)].sort((a, b) => a - b)
}

function readPart(field: Field, part: string): readonly number[] {
  const match = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part)
  if (match === null) throw bad(`"${part}" is no ${field.what}.`)
  const [, first, last, step] = match
  const from = first === undefined ? field.from : readValue(field, first)
  // `5/10` goes on from 5, as `5-59/10` does.
  const open = step === undefined ? from : field.to
  const to = first === undefined ? field.to : last === undefined ? open : readValue(field, last)
  if (from > to || step === '0') throw bad(`"${part}" is an empty range.`)
  return Array.from(
    { length: Math.floor((to - from) / Number(step ?? 1)) + 1 },
    (_, at) => from + at * Number(step ?? 1),
  )
}

function readValue({ what, from, to, names = [] }: Field, text: string): number {
  const place = names.indexOf(text)
  const value = place >= 0 ? place + (from === 1 ? 1 : 0) : /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (value >= from && value <= to) return value
  throw bad(`"${text}" is no ${what}; it goes from ${from} to ${to}.`)
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

function bad(message: string): InvalidInput {
  return new InvalidInput('time.bad-cron', message)
}
