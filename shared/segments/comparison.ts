import * as z from 'zod'
import { duration, instant, NUMBER, numberIn, oneOrMore, readAs, text, yesNo } from '../documents/fields.ts'
import { describeDuration } from '../time/duration.ts'
import { describeInstant, parseInstant } from '../time/instant.ts'
import type { Scene } from './facts.ts'
import { describePlace, lookUp, place } from './place.ts'

/** A number where it looks like one, else a text. */
const bound = readAs('a number or a text', (text) => (NUMBER.test(text) ? Number(text) : text || undefined))

const Operators = z.strictObject({
  is: text,
  'is not': text,
  'one of': oneOrMore(text),
  contains: text,
  'starts with': text,
  'at least': bound,
  'at most': bound,
  'less than': bound,
  'more than': bound,
  before: instant,
  after: instant,
  'in the last': duration,
  'in the next': duration,
  exists: yesNo,
  'same as': place,
})

type Wanted = z.output<typeof Operators>
type Operator = keyof Wanted

/** One key of a condition that compares, and what it compares with. */
export type Comparison = { readonly [K in Operator]: { readonly kind: K; readonly wanted: Wanted[K] } }[Operator]

/** The keys that compare, to stand beside the one that says what is compared. */
export const comparisonShape = Operators.partial().shape

// The keys of a shape are exactly those of its type.
const OPERATORS = Object.keys(Operators.shape) as Operator[]

export function comparisonsOf(written: { readonly [K in Operator]?: Wanted[K] | undefined }): Comparison[] {
  return OPERATORS.flatMap((kind) => {
    const wanted = written[kind]
    // Kind and wanted value were read from one key, which the type of a loop over all keys cannot say.
    return wanted === undefined ? [] : [{ kind, wanted } as Comparison]
  })
}

type Holds = { readonly [K in Operator]: (value: unknown, wanted: Wanted[K], scene: Scene) => boolean }

/**
 * A missing value holds for nothing but `is not` and `exists: false`. Texts are compared letter by letter, capitals
 * apart. A number is never more or less than something that is no number.
 */
const HOLDS: Holds = {
  is: (value, wanted) => textOf(value) === wanted,
  'is not': (value, wanted) => textOf(value) !== wanted,
  'one of': (value, wanted) => wanted.some((one) => one === textOf(value)),
  contains: (value, wanted) =>
    Array.isArray(value) ? value.some((item) => textOf(item) === wanted) : textOf(value)?.includes(wanted) === true,
  'starts with': (value, wanted) => textOf(value)?.startsWith(wanted) === true,
  'at least': (value, wanted) => order(value, wanted) >= 0,
  'at most': (value, wanted) => order(value, wanted) <= 0,
  'less than': (value, wanted) => order(value, wanted) < 0,
  'more than': (value, wanted) => order(value, wanted) > 0,
  before: (value, wanted) => instantOf(value) < wanted,
  after: (value, wanted) => instantOf(value) > wanted,
  'in the last': (value, wanted, { facts }) => isWithin(instantOf(value), facts.now - wanted, facts.now),
  'in the next': (value, wanted, { facts }) => isWithin(instantOf(value), facts.now, facts.now + wanted),
  exists: (value, wanted) => (value !== undefined) === wanted,
  'same as': (value, wanted, scene) => textOf(value) !== undefined && textOf(value) === textOf(lookUp(wanted, scene)),
}

export function compare<K extends Operator>(
  { kind, wanted }: { readonly [P in K]: { readonly kind: P; readonly wanted: Wanted[P] } }[K],
  value: unknown,
  scene: Scene,
): boolean {
  return HOLDS[kind](value, wanted, scene)
}

/** What a value is when written down; lists and maps have no such text. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** Below, at or above 0 as `value` is less than, equal to or more than `bound`; NaN, which is none of these, for neither. */
function order(value: unknown, bound: number | string): number {
  if (typeof bound === 'number') return (numberIn(value) ?? Number.NaN) - bound
  const text = textOf(value)
  if (text === undefined) return Number.NaN
  return text === bound ? 0 : text < bound ? -1 : 1
}

function instantOf(value: unknown): number {
  return (typeof value === 'string' ? parseInstant(value) : undefined) ?? Number.NaN
}

/** Exactly as long ago as the window is wide is no longer in it. */
function isWithin(instant: number, after: number, until: number): boolean {
  return instant > after && instant <= until
}

/** The next instant at which time alone may change whether a comparison holds; infinity for never. */
export function comparisonChangesAt({ kind, wanted }: Comparison, value: unknown, now: number): number {
  if (kind !== 'in the last' && kind !== 'in the next') return Number.POSITIVE_INFINITY
  const instant = instantOf(value)
  const turns = kind === 'in the last' ? [instant, instant + wanted] : [instant - wanted, instant]
  return Math.min(...turns.filter((turn) => turn > now))
}

/** `is at least 50`. */
export function describeComparison({ kind, wanted }: Comparison): string {
  switch (kind) {
    case 'is':
    case 'is not':
    case 'contains':
    case 'starts with':
      return `${kind} ${wanted}`
    case 'one of':
      return `is one of ${wanted.join(', ')}`
    case 'before':
    case 'after':
      return `is ${kind} ${describeInstant(wanted)}`
    case 'in the last':
      return `is within the last ${describeDuration(wanted)}`
    case 'in the next':
      return `is within the next ${describeDuration(wanted)}`
    case 'exists':
      return wanted ? 'is known' : 'is not known'
    case 'same as':
      return `is the same as ${describePlace(wanted)}`
    default:
      return `is ${kind} ${wanted}`
  }
}
