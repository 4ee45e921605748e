import * as z from 'zod'
import { parseDuration } from '../time/duration.ts'
import { parseInstant } from '../time/instant.ts'
import { listOr } from './choice.ts'

/*
 * The types that a place in a document can ask for. In a document everything is text, so each of these reads a text;
 * a message of theirs says what was expected with an example.
 */

/** A text that `parse` makes something of; `expected` ends the sentence "… is not", with an example. */
export function readAs<T>(expected: string, parse: (text: string) => T | undefined): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    const value = parse(text.trim())
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `"${text}" is not ${expected}.` })
    return z.NEVER
  })
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

export const number = readAs('a number, as in 5 or 2.50', (value) => (NUMBER.test(value) ? Number(value) : undefined))

export const integer = readAs('a whole number', (value) => (/^-?\d+$/.test(value) ? Number(value) : undefined))

const YES_NO = new Map([
  ['true', true],
  ['false', false],
])

export const yesNo = readAs('true or false', (value) => YES_NO.get(value))

/** Milliseconds. */
export const duration = readAs('a duration, as in "2 days" or "1 hour 30 minutes"', parseDuration)

/** Epoch ms; a date alone is its first moment in UTC. */
export const instant = readAs('a date, as in 2026-12-24 or 2026-12-24T18:00:00Z', parseInstant)

/** A share of 1: `10%` is 0.1. */
export const share = readAs('a share, as in 50%', (value) => {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(value)
  return match && Number(match[1]) <= 100 ? Number(match[1]) / 100 : undefined
})

/** `3 times`, `1 time` or `3`. */
export const times = readAs('a count, as in "3 times"', (value) => {
  const match = /^(\d+)(?:\s+times?)?$/.exec(value)
  return match ? Number(match[1]) : undefined
})

/** `09:00`, kept as written. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is written as in "09:00".')

/** One or several of something: always read as a list. */
export function oneOrMore<T>(item: z.ZodType<T>): z.ZodType<readonly T[]> {
  return listOr(
    z.array(item).min(1),
    item.transform((value) => [value]),
  )
}

/** A map whose keys are checked too; of a key that is wrong it says what `key` says. */
export function mapOf<V extends z.ZodType>(key: z.ZodType<string, string>, value: V) {
  return z.record(key, value, {
    error: (issue) => (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined),
  })
}
