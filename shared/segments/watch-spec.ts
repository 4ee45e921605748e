import { createHash } from 'node:crypto'
import { jsonInOrder } from '../documents/json-in-order.ts'
import { NO_MATCHES, type Watch, withMatch } from '../profiles/watch.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Condition } from './condition.ts'
import { type Did, enough } from './conditions/did.ts'
import { evaluate } from './evaluate.ts'
import { NO_FACTS } from './facts.ts'
import { lines, needs } from './needs.ts'

/** What a profile remembers so that a condition need not be looked up in the timeline. */
export interface WatchSpec {
  /** The same for conditions that count the same, whatever their windows. */
  readonly key: string
  readonly type: string
  readonly condition: Did
  readonly keep: number
}

/** A condition that counts further than this is counted in the timeline: a profile is to stay small. */
const MOST_KEPT = 50

const remembered = new WeakMap<Did, WatchSpec | 'none'>()

/** @returns undefined where the answer is not in the touchpoints alone, so that nothing can be remembered. */
export function watchOf(condition: Did): WatchSpec | undefined {
  let spec = remembered.get(condition)
  if (spec === undefined) {
    spec = isWatchable(condition) ? specOf(condition) : 'none'
    remembered.set(condition, spec)
  }
  return spec === 'none' ? undefined : spec
}

/** All that can be watched of a condition. */
export function watchesOf(condition: Condition): readonly WatchSpec[] {
  return needs(condition).touchpoints.flatMap((did) => watchOf(did) ?? [])
}

/** The watch after a touchpoint. */
export function watched(watch: Watch = NO_MATCHES, spec: WatchSpec, touchpoint: Seen): Watch {
  return counts(spec, touchpoint) ? withMatch(watch, touchpoint, spec.keep) : watch
}

type Seen = Pick<Touchpoint, 'id' | 'type' | 'occurredAt' | 'channel' | 'properties'>

function counts({ type, condition }: WatchSpec, touchpoint: Seen): boolean {
  const { sinceAt = Number.NEGATIVE_INFINITY, beforeAt = Number.POSITIVE_INFINITY, where } = condition
  const { occurredAt } = touchpoint
  if (touchpoint.type !== type || occurredAt < sinceAt || occurredAt >= beforeAt) return false
  // Of what can be watched the touchpoint alone decides.
  return where === undefined || evaluate(where, NO_FACTS, touchpoint)
}

/** True when every touchpoint counts or not once and for all. */
function isWatchable(condition: Did): boolean {
  if (enough(condition) > MOST_KEPT) return false
  return condition.where === undefined || lines(condition.where).every(isOfTouchpointAlone)
}

function isOfTouchpointAlone(line: Condition): boolean {
  if (line.kind !== 'property' && line.kind !== 'channel') return false
  return line.comparisons.every((one) => {
    if (one.kind === 'same as') return one.wanted.kind === 'property' || one.wanted.kind === 'channel'
    return one.kind !== 'in the last' && one.kind !== 'in the next'
  })
}

function specOf(condition: Did): WatchSpec {
  const { type, where, sinceAt, beforeAt } = condition
  const keep = Math.max(1, enough(condition))
  const text = jsonInOrder([type, where, sinceAt, beforeAt, keep])
  return { key: createHash('sha256').update(text).digest('base64url').slice(0, 6), type, condition, keep }
}
