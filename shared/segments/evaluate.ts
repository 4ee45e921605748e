import { type Condition, kindOf } from './condition.ts'
import type { Facts, Scene, TouchpointFact } from './facts.ts'

/** True when `condition` holds for her now. `touchpoint` is what its `property` and `channel` speak of. */
export function evaluate(condition: Condition, facts: Facts, touchpoint?: TouchpointFact): boolean {
  return holds(condition, { facts, touchpoint })
}

export function holds(condition: Condition, scene: Scene): boolean {
  return kindOf(condition).holds(condition, scene, holds)
}
