import { numberIn } from '../documents/fields.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Json } from '../world/table.ts'
import { type Profile, traitOf } from './profile.ts'

/** A list that keeps growing would one day be all of her profile. */
const MOST_MEMBERS = 100

/**
 * The touchpoint with what its `add` and `remove` make of the traits as they are at this moment of the commit; that counts
 * as later than those, whatever the clock of a phone said: so that no addition is lost.
 */
export function withAdditions(touchpoint: Touchpoint, profile: Profile): Touchpoint {
  const { add = {}, remove = {} } = touchpoint
  const names = new Set([...Object.keys(add), ...Object.keys(remove)])
  if (names.size === 0) return touchpoint
  const changed = [...names].map((name) => [name, changedTrait(traitOf(profile, name), add[name], remove[name])])
  const traits: Readonly<Record<string, Json>> = { ...touchpoint.traits, ...Object.fromEntries(changed) }
  const known = Object.entries(profile.traits).filter(([name]) => Object.hasOwn(traits, name))
  return { ...touchpoint, traits, traitsAt: Math.max(touchpoint.occurredAt, ...known.map(([, [, at]]) => at + 1)) }
}

function changedTrait(
  value: Json | undefined,
  added: number | readonly string[] = [],
  removed: readonly string[] = [],
): Json {
  if (typeof added === 'number') return (numberIn(value) ?? 0) + added
  const joined = new Set<Json>([...listOf(value), ...added])
  for (const member of removed) joined.delete(member)
  return [...joined].slice(-MOST_MEMBERS)
}

/** One value is a list of one. */
function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return []
  // `Array.isArray` does not tell a readonly list from a map.
  return Array.isArray(value) ? (value as readonly Json[]) : [value]
}
