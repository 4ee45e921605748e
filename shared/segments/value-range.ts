import { type Comparison, compare } from './comparison.ts'
import { NO_FACTS, type Scene } from './facts.ts'
import type { Place } from './place.ts'

/** A comparison of the value at a place that is taken to hold, or not to. */
export interface Seen {
  readonly place: Place
  readonly comparison: Comparison
  readonly holds: boolean
}

/** True only when no value, and no missing one, can be all of this at once. All speak of one place. */
export function isImpossible(seen: readonly Seen[]): boolean {
  const texts = textsOf(seen)
  if (texts !== undefined) return !texts.flatMap(valuesWritten).some((value) => seen.every((one) => agrees(one, value)))
  return (
    isThereAndMissing(seen) ||
    seen.some((one) => seen.some((other) => isOpposite(one, other) || beginOtherwise(one, other))) ||
    RANGES.some((range) => isEmpty(seen.flatMap((one) => bounds(one, range, seen))))
  )
}

/** The texts that it can only be, where something says so. */
function textsOf(seen: readonly Seen[]): readonly string[] | undefined {
  for (const { comparison, holds } of seen) {
    if (holds && comparison.kind === 'is') return [comparison.wanted]
    if (holds && comparison.kind === 'one of') return comparison.wanted
  }
  return undefined
}

/** The values that are written like this. */
function valuesWritten(text: string): readonly unknown[] {
  const number = String(Number(text)) === text ? [Number(text)] : []
  const truth = text === 'true' || text === 'false' ? [text === 'true'] : []
  return [text, ...number, ...truth]
}

/** Comparisons with what is not written beside them. */
const ELSEWHERE: ReadonlySet<Comparison['kind']> = new Set(['same as', 'in the last', 'in the next'])

const NOWHERE: Scene = { facts: NO_FACTS, touchpoint: undefined }

function agrees({ comparison, holds }: Seen, value: unknown): boolean {
  return ELSEWHERE.has(comparison.kind) || compare(comparison, value, NOWHERE) === holds
}

function isThereAndMissing(seen: readonly Seen[]): boolean {
  const isMissing = seen.some(({ comparison, holds }) => comparison.kind === 'exists' && comparison.wanted !== holds)
  return isMissing && seen.some(needsValue)
}

/** All comparisons fail on a missing value but `is not` and `exists: false`. */
function needsValue({ comparison, holds }: Seen): boolean {
  if (comparison.kind === 'exists') return comparison.wanted === holds
  return (comparison.kind === 'is not') !== holds
}

function isOpposite(one: Seen, other: Seen): boolean {
  const [a, b] = [one, other].map((seen) => {
    const { kind, wanted } = seen.comparison
    return kind === 'is not' ? { kind: 'is', wanted, holds: !seen.holds } : { kind, wanted, holds: seen.holds }
  })
  return a?.holds === true && b?.holds === false && a.kind === b.kind && same(a.wanted, b.wanted)
}

function beginOtherwise(one: Seen, other: Seen): boolean {
  if (!one.holds || !other.holds) return false
  const [a, b] = [one.comparison, other.comparison]
  if (a.kind !== 'starts with' || b.kind !== 'starts with') return false
  return !a.wanted.startsWith(b.wanted) && !b.wanted.startsWith(a.wanted)
}

/** Something above or below which a value lies; `isIn` says whether the end belongs to it. */
interface Bound {
  readonly side: 'above' | 'below'
  readonly end: number
  readonly isIn: boolean
}

type Range = (comparison: Comparison) => readonly Bound[]

const NUMBERS: Range = ({ kind, wanted }) => {
  if (typeof wanted !== 'number') return []
  if (kind === 'at least' || kind === 'more than') return [{ side: 'above', end: wanted, isIn: kind === 'at least' }]
  if (kind === 'at most' || kind === 'less than') return [{ side: 'below', end: wanted, isIn: kind === 'at most' }]
  return []
}

const INSTANTS: Range = ({ kind, wanted }) => {
  if (typeof wanted !== 'number') return []
  if (kind === 'after') return [{ side: 'above', end: wanted, isIn: false }]
  return kind === 'before' ? [{ side: 'below', end: wanted, isIn: false }] : []
}

/** Seen from now. */
const MOMENTS: Range = ({ kind, wanted }) => {
  if (typeof wanted !== 'number') return []
  if (kind === 'in the last')
    return [
      { side: 'above', end: -wanted, isIn: false },
      { side: 'below', end: 0, isIn: true },
    ]
  if (kind !== 'in the next') return []
  return [
    { side: 'above', end: 0, isIn: false },
    { side: 'below', end: wanted, isIn: true },
  ]
}

const RANGES = [NUMBERS, INSTANTS, MOMENTS]

/**
 * What does not hold of a number holds the other way round, but only once something says that it is a number; and of a
 * stretch that begins or ends now, only once something says on which side of now it is.
 */
function bounds({ comparison, holds }: Seen, range: Range, seen: readonly Seen[]): readonly Bound[] {
  const own = range(comparison)
  if (holds) return own
  const isStretch = own.length > 1
  const isOfThisKind = seen.some(
    (other) =>
      other.holds && range(other.comparison).length > 0 && (!isStretch || other.comparison.kind === comparison.kind),
  )
  if (!isOfThisKind) return []
  return own
    .filter(({ end }) => !isStretch || end !== 0)
    .map(({ side, end, isIn }) => ({ side: side === 'above' ? 'below' : 'above', end, isIn: !isIn }))
}

function isEmpty(all: readonly Bound[]): boolean {
  return all.some(
    (low) =>
      low.side === 'above' &&
      all.some(
        (high) => high.side === 'below' && (low.end > high.end || (low.end === high.end && !(low.isIn && high.isIn))),
      ),
  )
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
