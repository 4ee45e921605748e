import * as z from 'zod'
import { duration, instant, times, touchpointType } from '../../documents/fields.ts'
import { describeDuration } from '../../time/duration.ts'
import { describeInstant } from '../../time/instant.ts'
import type { Condition } from '../condition.ts'
import type { ConditionKind } from '../condition-kind.ts'
import type { Scene, TouchpointFact } from '../facts.ts'

/** Touchpoints of a type within a window, counted. */
export interface Did {
  readonly kind: 'did' | 'did not'
  readonly type: string
  readonly atLeast: number
  readonly atMost?: number | undefined
  /** Exactly as long ago as this is no longer within it. */
  readonly withinMs?: number | undefined
  /** Inclusive. */
  readonly sinceAt?: number | undefined
  /** Exclusive. */
  readonly beforeAt?: number | undefined
  /** Which of them count. */
  readonly where?: Condition | undefined
}

export function didSchemas(where: z.ZodType<Condition>) {
  const shape = {
    'at least': times.optional(),
    'at most': times.optional(),
    'in the last': duration.optional(),
    since: instant.optional(),
    before: instant.optional(),
    where: where.optional(),
  }
  const counted = (kind: Did['kind'], type: string, written: z.output<z.ZodObject<typeof shape>>): Did => ({
    kind,
    type,
    atLeast: written['at least'] ?? (written['at most'] === undefined ? 1 : 0),
    atMost: written['at most'],
    withinMs: written['in the last'],
    sinceAt: written.since,
    beforeAt: written.before,
    where: written.where,
  })
  return {
    did: z
      .strictObject({ did: touchpointType, ...shape })
      .transform(({ did, ...written }) => counted('did', did, written)),
    'did not': z
      .strictObject({ 'did not': touchpointType, ...shape })
      .transform(({ 'did not': type, ...written }) => counted('did not', type, written)),
  }
}

export const did: ConditionKind<Did> = {
  holds: (condition, scene, holds) => {
    const { kind, atLeast, atMost = Number.POSITIVE_INFINITY } = condition
    const times = count(condition, scene, holds, enough(condition))
    return (times >= atLeast && times <= atMost) === (kind === 'did')
  },
  describe: ({ kind, type, where, ...counted }, describe) => {
    const happened = kind === 'did' ? 'happened' : 'did not happen'
    const which = where === undefined ? [] : [`where ${describe(where)}`]
    return [type, happened, ...describeTimes(counted), ...describeWindow(counted), ...which].join(' ')
  },
  seen: (condition, scene, holds) => count(condition, scene, holds, Number.POSITIVE_INFINITY),
  needs: (condition, needs) => {
    const { type, withinMs, sinceAt, beforeAt, where } = condition
    return {
      touchpoints: [{ type, withinMs, sinceAt, beforeAt, where, enough: enough(condition) }],
      entry: where !== undefined && needs(where).entry,
    }
  },
}

/** More than so many that count change nothing. */
function enough({ atLeast, atMost }: Did): number {
  return atMost === undefined ? atLeast : Math.max(atLeast, atMost + 1)
}

type Holds = (part: Condition, scene: Scene) => boolean

function count(condition: Did, { facts }: Scene, holds: Holds, limit: number): number {
  const sinceAt = startOf(condition, facts.now)
  const { beforeAt = Number.POSITIVE_INFINITY, where } = condition
  const counts = (touchpoint: TouchpointFact): boolean =>
    touchpoint.occurredAt >= (sinceAt ?? Number.NEGATIVE_INFINITY) &&
    touchpoint.occurredAt < beforeAt &&
    (where === undefined || holds(where, { facts, touchpoint }))
  let found = 0
  for (const touchpoint of facts.touchpoints(condition.type, sinceAt)) {
    if (found >= limit) break
    if (counts(touchpoint)) found++
  }
  return found
}

/** The first instant that is in the window; undefined when it reaches back for ever. */
function startOf({ withinMs, sinceAt }: Did, now: number): number | undefined {
  if (withinMs === undefined) return sinceAt
  return Math.max(now - withinMs + 1, sinceAt ?? Number.NEGATIVE_INFINITY)
}

function describeTimes({ atLeast, atMost }: Pick<Did, 'atLeast' | 'atMost'>): string[] {
  const times = (count: number): string => `${count} ${count === 1 ? 'time' : 'times'}`
  const least = atLeast === 0 || (atLeast === 1 && atMost === undefined) ? [] : [`at least ${times(atLeast)}`]
  const most = atMost === undefined ? [] : [`at most ${times(atMost)}`]
  return [[...least, ...most].join(' and ')].filter((line) => line !== '')
}

function describeWindow({ withinMs, sinceAt, beforeAt }: Pick<Did, 'withinMs' | 'sinceAt' | 'beforeAt'>): string[] {
  return [
    ...(withinMs === undefined ? [] : [`in the last ${describeDuration(withinMs)}`]),
    ...(sinceAt === undefined ? [] : [`since ${describeInstant(sinceAt)}`]),
    ...(beforeAt === undefined ? [] : [`before ${describeInstant(beforeAt)}`]),
  ]
}
