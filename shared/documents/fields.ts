import * as z from 'zod'
import { parseDuration } from '../time/duration.ts'

/*
 * The types that a place in a document can ask for. In a document everything is text, so each of these reads a text;
 * a message of theirs says what was expected with an example.
 */

function read<T>(expected: string, parse: (text: string) => T | undefined): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    const value = parse(text.trim())
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `"${text}" is not ${expected}.` })
    return z.NEVER
  })
}

const NUMBER = /^-?\d+(\.\d+)?$/

export const text = z.string().min(1)

/** Lower case, digits, hyphens: journeys, messages, segments, purposes, teams. */
export const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A name has lower-case letters, digits and hyphens, as in "order-reminder".')

/** Dotted, past tense: `order.completed`. */
export const touchpointType = z
  .string()
  .regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/, 'A touchpoint type is dotted lower case, as in "order.completed".')

export const number = read('a number, as in 5 or 2.50', (value) => (NUMBER.test(value) ? Number(value) : undefined))

export const integer = read('a whole number', (value) => (/^-?\d+$/.test(value) ? Number(value) : undefined))

export const yesNo = read('true or false', (value) => ({ true: true, false: false })[value])

/** Milliseconds. */
export const duration = read('a duration, as in "2 days" or "1 hour 30 minutes"', parseDuration)

/** A share of 1: `10%` is 0.1. */
export const share = read('a share, as in 50%', (value) => {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(value)
  return match && Number(match[1]) <= 100 ? Number(match[1]) / 100 : undefined
})

/** `3 times`, `1 time` or `3`. */
export const times = read('a count, as in "3 times"', (value) => {
  const match = /^(\d+)(?:\s+times?)?$/.exec(value)
  return match ? Number(match[1]) : undefined
})

/** `09:00`, kept as written. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time of day is written as in "09:00".')

/** One or several of something: always read as a list. */
export function oneOrMore<S extends z.ZodType>(item: S): z.ZodType<readonly z.output<S>[]> {
  return z.preprocess(
    (value) => (Array.isArray(value) ? value : [value]),
    z.array(item).min(1),
  ) as unknown as z.ZodType<readonly z.output<S>[]>
}
