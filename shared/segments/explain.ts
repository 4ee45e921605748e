import { type Condition, kindOf } from './condition.ts'
import { describe } from './describe.ts'
import { holds } from './evaluate.ts'
import type { Facts, Scene, TouchpointFact } from './facts.ts'

/** Why a condition holds or does not, line by line. */
export interface Explanation {
  readonly line: string
  readonly held: boolean
  /** What was looked at; absent where it is missing, or where `held` says it all. */
  readonly seen?: unknown
  /** What an all, any or none joins. */
  readonly parts?: readonly Explanation[]
}

/** Says of every line whether it held and what was seen, also of those that could not change the outcome. */
export function explain(condition: Condition, facts: Facts, touchpoint?: TouchpointFact): Explanation {
  return explainLine(condition, { facts, touchpoint })
}

const HEADINGS = { all: 'all of these', any: 'at least one of these', none: 'none of these' }

function explainLine(condition: Condition, scene: Scene): Explanation {
  const held = holds(condition, scene)
  if ('of' in condition)
    return { line: HEADINGS[condition.kind], held, parts: condition.of.map((part) => explainLine(part, scene)) }
  const seen = kindOf(condition).seen?.(condition, scene, holds)
  return { line: describe(condition), held, ...(seen === undefined ? {} : { seen }) }
}
