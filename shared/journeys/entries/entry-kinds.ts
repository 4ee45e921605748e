import * as z from 'zod'
import { duration, name, readAs, text, timeOfDay, touchpointType, zone } from '../../documents/fields.ts'
import { Condition, Where } from '../../segments/condition.ts'
import { path } from '../../segments/path.ts'
import { parseCron } from '../../time/cron.ts'
import { parseDuration } from '../../time/duration.ts'
import { parseLocalMoment } from '../../time/local-moment.ts'
import { isZone } from '../../time/zones.ts'

/** `never`, `always`, or `after 7 days`: per customer, whatever the key; read as milliseconds since she last entered. */
const again = z
  .union([z.enum(['never', 'always']), z.string().regex(/^after /, 'Write "never", "always" or, say, "after 7 days".')])
  .transform((written, context) => {
    if (written === 'never') return Number.MAX_SAFE_INTEGER
    if (written === 'always') return 0
    const read = duration.safeParse(written.slice('after '.length))
    if (read.success) return read.data
    context.addIssue({ code: 'custom', message: `"${written}" is not "never", "always" or, say, "after 7 days".` })
    return z.NEVER
  })

/** How many may enter in how long (ms). */
const pace = readAs('a pace, as in "2000 per hour"', (written) => {
  const [, count, unit] = /^([1-9]\d{0,8}) (?:per|a|an) (minute|hour|day)$/.exec(written) ?? []
  return unit === undefined ? undefined : { entries: Number(count), per: parseDuration(`1 ${unit}`) ?? 0 }
})

const localMoment = readAs('a date, with a time or without, as in 2026-12-24 or "2026-12-24 09:00"', parseLocalMoment)

const localHour = readAs('a date and a time, as in "2026-12-24 09:00"', (written) => {
  const moment = parseLocalMoment(written)
  return moment?.time === undefined ? undefined : { date: moment.date, time: moment.time }
})

const cron = z.string().transform((written, context) => {
  try {
    return { text: written, ...parseCron(written) }
  } catch (error) {
    context.addIssue({ code: 'custom', message: `"${written}" is no schedule. ${(error as Error).message}` })
    return z.NEVER
  }
})

/** `30 days`, `-2 weeks`: days of the calendar. */
const dayOffset = readAs('a number of days or weeks, as in "-30 days" or "2 weeks"', (written) => {
  const [, sign, count, unit] = /^([+-]?)\s?(\d{1,4}) (day|week)s?$/.exec(written) ?? []
  if (unit === undefined) return undefined
  return (sign === '-' ? -1 : 1) * Number(count) * (unit === 'week' ? 7 : 1)
})

/** A zone by its name, or `hers`: each customer's own. */
const entryZone = z
  .string()
  .refine(
    (text) => text === 'hers' || isZone(text),
    'A zone is written as in "Europe/Copenhagen"; "hers" is where each is.',
  )

/** What may stand beside every kind of entry. */
const rules = {
  if: Condition.optional(),
  /** A property of the touchpoint: one run for each value of it. */
  key: path.optional(),
  'same key': z.enum(['restart', 'ignore']).default('ignore'),
  again: again.default(0),
  pace: pace.optional(),
  /** In the brand's zone; `to` a day means all of it. */
  open: z.strictObject({ from: localMoment.optional(), to: localMoment.optional() }).optional(),
}

const existing = z.enum(['include', 'skip']).default('skip')

/** By the key that says what lets her in. */
export const entrySchemas = {
  when: z
    .strictObject({ when: touchpointType, where: Where.optional(), ...rules })
    .transform(({ when, ...rest }) => ({ ...rest, on: { kind: 'touchpoint', type: when } as const })),
  'joins segment': z
    .strictObject({ 'joins segment': name, existing, ...rules })
    .transform(({ 'joins segment': segment, existing, ...rest }) => ({
      ...rest,
      on: { kind: 'joins', segment, existing } as const,
    })),
  'leaves segment': z
    .strictObject({ 'leaves segment': name, ...rules })
    .transform(({ 'leaves segment': segment, ...rest }) => ({ ...rest, on: { kind: 'leaves', segment } as const })),
  schedule: z
    .strictObject({ schedule: cron, zone: zone.optional(), segment: name, ...rules })
    .transform(({ schedule, zone, segment, ...rest }) => ({
      ...rest,
      on: { kind: 'schedule', cron: schedule, zone, segment } as const,
    })),
  once: z
    .strictObject({ once: localHour, zone: entryZone.optional(), segment: name, ...rules })
    .transform(({ once, zone, segment, ...rest }) => ({
      ...rest,
      on: { kind: 'once', moment: once, zone, segment } as const,
    })),
  date: z
    .strictObject({
      date: text,
      offset: dayOffset.default(0),
      at: timeOfDay.default('09:00'),
      every: z.literal('year').optional(),
      ...rules,
    })
    .transform(({ date, offset, at, every, ...rest }) => ({
      ...rest,
      on: { kind: 'date', trait: date, offset, at, yearly: every === 'year' } as const,
    })),
  api: z.strictObject({ api: z.literal('yes'), ...rules }).transform(({ api: _, ...rest }) => ({
    ...rest,
    on: { kind: 'api' } as const,
  })),
} as const
