import { changesAt } from './changes-at.ts'
import { evaluate } from './evaluate.ts'
import type { Facts } from './facts.ts'
import type { LiveSegment } from './live-segments.ts'

/** A membership that begins or ends. */
export interface MembershipChange {
  readonly kind: 'joined' | 'left'
  readonly segment: string
}

export interface Settled {
  readonly segments: Readonly<Record<string, number>>
  readonly changes: readonly MembershipChange[]
  /** When time alone may change one of those that were looked at; infinity for never. */
  readonly dueAt: number
  /** False when there was more to change than was asked for at once. */
  readonly isComplete: boolean
}

/**
 * Memberships as they are now: each of the segments is looked at once, after those it asks for.
 * @param segments in order
 * @param were the segments she was in, and since when
 */
export function settle(
  segments: readonly LiveSegment[],
  were: Readonly<Record<string, number>>,
  known: Facts,
  most: number,
): Settled {
  const are: Record<string, number> = { ...were }
  const changes: MembershipChange[] = []
  const facts: Facts = { ...known, inSegment: (name) => Object.hasOwn(are, name) }
  let dueAt = Number.POSITIVE_INFINITY
  for (const { name, condition } of segments) {
    if (changes.length === most) return { segments: are, changes, dueAt: facts.now, isComplete: false }
    const isMember = evaluate(condition, facts)
    dueAt = Math.min(dueAt, changesAt(condition, facts))
    if (isMember === Object.hasOwn(are, name)) continue
    changes.push({ kind: isMember ? 'joined' : 'left', segment: name })
    if (isMember) are[name] = facts.now
    else delete are[name]
  }
  return { segments: are, changes, dueAt, isComplete: true }
}
