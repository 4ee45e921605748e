import { createHash } from 'node:crypto'

/** A touchpoint that a condition counts: when it occurred, and a tag made from its id. */
export type Match = readonly [at: number, tag: string]

/** The latest touchpoints that a condition counts, as many as it needs, newest first: what it would find in the timeline. */
export interface Watch {
  readonly matches: readonly Match[]
  /** Set where her past was too long to be read to its beginning: nothing from before then is in it. */
  readonly sinceAt?: number | undefined
}

export const NO_MATCHES: Watch = { matches: [] }

/** With one more, or the same one seen again: free of order, and idempotent. */
export function withMatch(watch: Watch, { id, occurredAt }: { id: string; occurredAt: number }, keep: number): Watch {
  return { ...watch, matches: newest([...watch.matches, [occurredAt, tagOf(id)]], keep) }
}

/** What two records of one customer have seen. */
export function joinWatches(one: Watch, other: Watch): Watch {
  const matches = newest([...one.matches, ...other.matches])
  const sinceAt = Math.max(one.sinceAt ?? 0, other.sinceAt ?? 0)
  return sinceAt === 0 ? { matches } : { matches, sinceAt }
}

/** Short, since it stands in every profile; two touchpoints of one instant and one tag are one in a thousand million. */
function tagOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 5)
}

function newest(matches: readonly Match[], keep = Number.POSITIVE_INFINITY): readonly Match[] {
  const each = new Map(matches.map((match) => [`${match[0]} ${match[1]}`, match]))
  return [...each.values()].sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? -1 : 1)).slice(0, keep)
}
