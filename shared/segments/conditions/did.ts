import * as z from 'zod'
import { duration, instant, times, touchpointType } from '../../documents/fields.ts'
import { describeDuration } from '../../time/duration.ts'
import { describeInstant } from '../../time/instant.ts'
import type { Condition } from '../condition.ts'
import type { ConditionKind } from '../condition-kind.ts'
import type { Scene } from '../facts.ts'

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
    const times = count(condition, scene, holds)
    return (times >= atLeast && times <= atMost) === (kind === 'did')
  },
  describe: ({ kind, type, where, ...counted }, describe) => {
    const happened = kind === 'did' ? 'happened' : 'did not happen'
    const which = where === undefined ? [] : [`where ${describe(where)}`]
    return [type, happened, ...describeTimes(counted), ...describeWindow(counted), ...which].join(' ')
  },
  seen: (condition, scene, holds) => {
    const times = found(condition, scene, holds, Number.POSITIVE_INFINITY).length
    const watch = scene.facts.watch(condition)
    const isFull = watch !== undefined && times === enough(condition)
    const { sinceAt = 0 } = watch ?? {}
    const isCut = !isFull && sinceAt > (startOf(condition, scene.facts.now) ?? 0)
    return isFull ? `${times} or more` : isCut ? `${times} since ${describeInstant(sinceAt)}` : times
  },
  needs: (condition, needs) => {
    const { where } = condition
    const asked = where === undefined ? undefined : needs(where)
    return {
      touchpoints: [condition],
      ...(asked === undefined ? {} : { entry: asked.entry, traits: asked.traits }),
    }
  },
  changesAt: (condition, scene, changesAt) => {
    const { withinMs = Number.POSITIVE_INFINITY } = condition
    let earliest = Number.POSITIVE_INFINITY
    // Of those that are no match now each may be one later, as far as its own conditions go by the time.
    const isSeen: Holds = (part, of) => {
      earliest = Math.min(earliest, changesAt(part, of))
      return true
    }
    for (const at of found(condition, scene, isSeen, Number.POSITIVE_INFINITY))
      earliest = Math.min(earliest, at + withinMs)
    return earliest
  },
}

/** More than so many that count change nothing. */
export function enough({ atLeast, atMost }: Did): number {
  return atMost === undefined ? atLeast : Math.max(atLeast, atMost + 1)
}

type Holds = (part: Condition, scene: Scene) => boolean

/** As many as matter; without making a list where they are watched. */
function count(condition: Did, scene: Scene, holds: Holds): number {
  const watch = scene.facts.watch(condition)
  if (watch === undefined) return found(condition, scene, holds, enough(condition)).length
  const sinceAt = startOf(condition, scene.facts.now) ?? Number.NEGATIVE_INFINITY
  let times = 0
  for (const [at] of watch.matches) if (at >= sinceAt) times++
  return times
}

/** When those that count occurred; no more than `limit` of them. */
function found(condition: Did, { facts }: Scene, holds: Holds, limit: number): readonly number[] {
  const { where, beforeAt = Number.POSITIVE_INFINITY } = condition
  const sinceAt = startOf(condition, facts.now) ?? Number.NEGATIVE_INFINITY
  const watch = facts.watch(condition)
  if (watch !== undefined) return watch.matches.flatMap(([at]) => (at >= sinceAt ? at : []))
  const all: number[] = []
  for (const touchpoint of facts.touchpoints(condition.type, startOf(condition, facts.now))) {
    if (all.length >= limit) break
    const { occurredAt } = touchpoint
    if (occurredAt < sinceAt || occurredAt >= beforeAt) continue
    if (where === undefined || holds(where, { facts, touchpoint })) all.push(occurredAt)
  }
  return all
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
