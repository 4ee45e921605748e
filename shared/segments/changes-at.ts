import { type Condition, kindOf } from './condition.ts'
import type { Facts, Scene } from './facts.ts'

/**
 * The next instant at which time alone may change whether a condition holds, infinity for never. It may turn out to
 * change nothing, but nothing changes before.
 */
export function changesAt(condition: Condition, facts: Facts): number {
  return lineChangesAt(condition, { facts, touchpoint: undefined })
}

function lineChangesAt(condition: Condition, scene: Scene): number {
  return kindOf(condition).changesAt?.(condition, scene, lineChangesAt) ?? Number.POSITIVE_INFINITY
}
