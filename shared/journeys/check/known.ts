import type { Condition } from '../../segments/condition.ts'
import type { Literal } from '../../segments/contradiction.ts'
import type { Journey } from '../journey.ts'

/** What is so for sure at a point of a journey. */
export interface Known {
  /** Until time passes or something happens. */
  readonly now: readonly Literal[]
  /** To the end of the run. */
  readonly lasting: readonly Literal[]
}

/** What let her in stays as it was; what is asked of her then is so for as long as no time passes. */
export function knownAtEntry({ enter }: Pick<Journey, 'enter'>): Known {
  const now = enter.if === undefined ? [] : partsOf({ condition: enter.if, holds: true })
  const where = enter.where === undefined ? [] : partsOf({ condition: enter.where, holds: true })
  return learn({ now: [], lasting: [] }, [...now, ...where.flatMap(ofEntry)])
}

export function learn({ now, lasting }: Known, literals: readonly Literal[]): Known {
  const parts = literals.flatMap(partsOf)
  return {
    now: [...now, ...parts.filter(({ condition }) => !lasts(condition))],
    lasting: [...lasting, ...parts.filter(({ condition }) => lasts(condition))],
  }
}

/** What is known on each of several paths is known where they meet. */
export function shared(all: readonly Known[]): Known {
  const [first = { now: [], lasting: [] }, ...others] = all
  return {
    now: first.now.filter((literal) => others.every(({ now }) => now.includes(literal))),
    lasting: first.lasting.filter((literal) => others.every(({ lasting }) => lasting.includes(literal))),
  }
}

/** The literals that are so when this one is. */
function partsOf(literal: Literal): readonly Literal[] {
  const { condition, holds } = literal
  if (!('of' in condition)) return [literal]
  const isTogether = condition.kind === 'any' ? !holds : holds
  if (!isTogether) return [literal]
  return condition.of.flatMap((part) => partsOf({ condition: part, holds: condition.kind === 'none' ? !holds : holds }))
}

/** What a touchpoint's property was is what the entry's is. */
function ofEntry(literal: Literal): readonly Literal[] {
  const { condition, holds } = literal
  if (condition.kind !== 'property' || condition.path[0] === 'channel') return []
  return [{ condition: { ...condition, kind: 'entry' }, holds }]
}

/** The share of customers that she is in and the touchpoint that let her in never change. */
function lasts(condition: Condition): boolean {
  if (condition.kind === 'bucket') return true
  return (
    condition.kind === 'entry' &&
    condition.comparisons.every((one) =>
      one.kind === 'same as' ? one.wanted.kind === 'entry' : one.kind !== 'in the last' && one.kind !== 'in the next',
    )
  )
}
