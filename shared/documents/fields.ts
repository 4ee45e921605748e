import * as z from 'zod'
import { parseDuration } from '../time/duration.ts'
import { parseInstant } from '../time/instant.ts'
import { isZone } from '../time/zones.ts'
import { listOr } from './choice.ts'

/*
 * The types that a place in a document can ask for. In a document everything is text, so each of these reads a text;
 * a message of theirs says what was expected with an example.
 */

/**
 * A text that `parse` makes something of; `expected` ends the sentence "… is not", with an example.
 * @param form what the text looks like, for editors; `parse` decides.
 */
export function readAs<T>(
  expected: string,
  parse: (text: string) => T | undefined,
  form?: RegExp,
): z.ZodType<T, string> {
  const read = z.string().transform((text, context) => {
    const value = parse(text.trim())
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `"${text}" is not ${expected}.` })
    return z.NEVER
  })
  return form === undefined ? read : read.meta({ pattern: form.source })
}

/** What looks like a number, wherever it comes from. */
export const NUMBER = /^-?\d+(\.\d+)?$/

/** The number that a value from an app is or, as a text, looks like. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return typeof value === 'string' && NUMBER.test(value) ? Number(value) : undefined
}

export const text = z.string().min(1)

/** Lower case, digits, hyphens: journeys, messages, segments, purposes, teams. */
export const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A name has lower-case letters, digits and hyphens, as in "order-reminder".')

/** Dotted, past tense: `order.completed`. */
export const touchpointType = z
  .string()
  .regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/, 'A touchpoint type is dotted lower case, as in "order.completed".')

export const number = readAs(
  'a number, as in 5 or 2.50',
  (value) => (NUMBER.test(value) ? Number(value) : undefined),
  NUMBER,
)

const INTEGER = /^-?\d+$/

export const integer = readAs('a whole number', (value) => (INTEGER.test(value) ? Number(value) : undefined), INTEGER)

const YES_NO = new Map([
  ['true', true],
  ['false', false],
])

export const yesNo = readAs('true or false', (value) => YES_NO.get(value), /^(true|false)$/)

const DURATION = /^(\d+(\.\d+)?\s*(second|minute|hour|day|week)s?\s*)+$/

/** Milliseconds. */
export const duration = readAs('a duration, as in "2 days" or "1 hour 30 minutes"', parseDuration, DURATION)

/** Epoch ms; a date alone is its first moment in UTC. */
export const instant = readAs(
  'a date, as in 2026-12-24 or 2026-12-24T18:00:00Z',
  parseInstant,
  /^\d{4}-\d{2}-\d{2}(T.+)?$/,
)

const SHARE = /^(\d+(?:\.\d+)?)\s*%$/

/** A share of 1: `10%` is 0.1. */
export const share = readAs(
  'a share, as in 50%',
  (value) => {
    const match = SHARE.exec(value)
    return match && Number(match[1]) <= 100 ? Number(match[1]) / 100 : undefined
  },
  SHARE,
)

const TIMES = /^(\d+)(?:\s+times?)?$/

/** `3 times`, `1 time` or `3`. */
export const times = readAs(
  'a count, as in "3 times"',
  (value) => {
    const match = TIMES.exec(value)
    return match ? Number(match[1]) : undefined
  },
  TIMES,
)

/** `09:00`, kept as written. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is written as in "09:00".')

/** A named time zone of the IANA data. */
export const zone = z.string().refine(isZone, 'A zone is written as in "Europe/Copenhagen".')

/** One or several of something: always read as a list. */
export function oneOrMore<T>(item: z.ZodType<T>): z.ZodType<readonly T[]> {
  return listOr(
    z.array(item).min(1),
    item.transform((value) => [value]),
  )
}

/** A key that is often written one level too deep; it says where it belongs. */
export function misplaced(message: string, fix: string) {
  return z
    .unknown()
    .superRefine((_, context) => context.addIssue({ code: 'custom', message, params: { fix } }))
    .meta({ not: {} })
    .optional()
}

/** A map whose keys are checked too; of a key that is wrong it says what `key` says. */
export function mapOf<V extends z.ZodType>(key: z.ZodType<string, string>, value: V) {
  return z.record(key, value, {
    error: (issue) => (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined),
  })
}
