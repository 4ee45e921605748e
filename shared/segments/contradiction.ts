import type { Condition } from './condition.ts'
import type { Did } from './conditions/did.ts'
import { isImpossible, type Seen } from './value-range.ts'

/** A condition that is taken to hold, or not to. */
export interface Literal {
  readonly condition: Condition
  readonly holds: boolean
}

/** So many touchpoints at the least or at the most. */
interface Counted {
  readonly did: Did
  readonly least: number
  readonly most: number
}

/** What a condition comes down to, without all, any and none. */
type Atom =
  | ({ readonly at: 'value' } & Seen)
  | ({ readonly at: 'count' } & Counted)
  | { readonly at: 'other'; readonly condition: Condition; readonly holds: boolean }

/** Beyond so many alternatives nothing is claimed. */
const MOST_ALTERNATIVES = 500

/**
 * True only when nobody, whatever is known of her, can make all of these so at one moment. Where it is too much to
 * look at, or a kind of condition cannot be reasoned about, it is false.
 */
export function contradict(literals: readonly Literal[]): boolean {
  let alternatives: readonly (readonly Atom[])[] = [[]]
  for (const literal of literals) {
    const more = alternativesOf(literal)
    alternatives = alternatives
      .flatMap((atoms) => more.map((others) => [...atoms, ...others]))
      .filter((atoms) => !clash(atoms))
    if (alternatives.length > MOST_ALTERNATIVES) return false
  }
  return alternatives.length === 0
}

/** A list of alternatives, each of which is a list of what must be so together. */
function alternativesOf({ condition, holds }: Literal): readonly (readonly Atom[])[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'none': {
      const ofParts = condition.kind === 'none' ? !holds : holds
      const parts = condition.of.map((part) => alternativesOf({ condition: part, holds: ofParts }))
      const isTogether = condition.kind === 'any' ? !holds : holds
      return isTogether ? product(parts) : parts.flat()
    }
    case 'trait':
    case 'entry':
    case 'saved':
    case 'property':
    case 'channel': {
      const { kind, path } = condition
      const seen = condition.comparisons.map(
        (comparison): Atom => ({ at: 'value', place: { kind, path }, comparison, holds }),
      )
      return holds ? [seen] : seen.map((one) => [one])
    }
    case 'did':
    case 'did not': {
      const { atLeast, atMost = Number.POSITIVE_INFINITY } = condition
      const count = (least: number, most: number): Atom => ({ at: 'count', did: condition, least, most })
      if ((condition.kind === 'did') === holds) return [[count(atLeast, atMost)]]
      return [
        ...(atLeast > 0 ? [[count(0, atLeast - 1)]] : []),
        ...(atMost < Number.POSITIVE_INFINITY ? [[count(atMost + 1, Number.POSITIVE_INFINITY)]] : []),
      ]
    }
    case 'not in segment':
      return [[{ at: 'other', condition: { ...condition, kind: 'in segment' }, holds: !holds }]]
    default:
      return [[{ at: 'other', condition, holds }]]
  }
}

function product(parts: readonly (readonly (readonly Atom[])[])[]): readonly (readonly Atom[])[] {
  return parts.reduce<readonly (readonly Atom[])[]>(
    (some, part) =>
      some.length > MOST_ALTERNATIVES ? some : some.flatMap((atoms) => part.map((more) => [...atoms, ...more])),
    [[]],
  )
}

function clash(atoms: readonly Atom[]): boolean {
  const others = atoms.filter((atom) => atom.at === 'other')
  const counts = atoms.filter((atom) => atom.at === 'count')
  const values = Map.groupBy(
    atoms.filter((atom) => atom.at === 'value'),
    ({ place }) => `${place.kind} ${place.path.join('.')}`,
  )
  return (
    others.some(
      (one) => one.holds && others.some((other) => !other.holds && implies(one.condition, other.condition)),
    ) ||
    others.some(isNever) ||
    counts.some((one) => counts.some((other) => one.least > other.most && liesWithin(one.did, other.did))) ||
    [...values.values()].some(isImpossible)
  )
}

/** Whenever the one holds, the other does. */
function implies(one: Condition, other: Condition): boolean {
  if (one.kind === 'bucket' && other.kind === 'bucket') return one.name === other.name && one.share <= other.share
  if (one.kind === 'message' && other.kind === 'message')
    return (
      one.message === other.message &&
      (one.withinMs === undefined) === (other.withinMs === undefined) &&
      (one.withinMs ?? 0) <= (other.withinMs ?? 0) &&
      SHOWS[one.was]?.includes(other.was) === true
    )
  return same(one, other)
}

/** Which states a message has reached that reached this one. */
const SHOWS: Readonly<Record<string, readonly string[]>> = {
  sent: ['sent'],
  delivered: ['sent', 'delivered'],
  opened: ['sent', 'delivered', 'opened'],
  clicked: ['sent', 'delivered', 'opened', 'clicked'],
  answered: ['sent', 'delivered', 'opened', 'answered'],
}

function isNever({ condition, holds }: Literal): boolean {
  return condition.kind === 'bucket' && condition.share === (holds ? 0 : 1)
}

/** Every touchpoint that counts for the one counts for the other. */
function liesWithin(one: Did, other: Did): boolean {
  return (
    one.type === other.type &&
    (other.where === undefined || (one.where !== undefined && same(one.where, other.where))) &&
    (one.withinMs ?? Number.POSITIVE_INFINITY) <= (other.withinMs ?? Number.POSITIVE_INFINITY) &&
    (one.sinceAt ?? Number.NEGATIVE_INFINITY) >= (other.sinceAt ?? Number.NEGATIVE_INFINITY) &&
    (one.beforeAt ?? Number.POSITIVE_INFINITY) <= (other.beforeAt ?? Number.POSITIVE_INFINITY)
  )
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
