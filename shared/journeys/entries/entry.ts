import * as z from 'zod'
import { byKey } from '../../documents/choice.ts'
import { duration, name, share, text, touchpointType } from '../../documents/fields.ts'
import { Condition, Where } from '../../segments/condition.ts'
import { entrySchemas } from './entry-kinds.ts'

/** What lets a customer in: exactly one thing, and the rules beside it. */
export const Entry = byKey('entry', entrySchemas, 'Say one of them; a second journey has the other.').transform(
  ({ 'same key': sameKey, ...rest }): EntryOn & EntryRules => ({ ...rest, sameKey }),
)

type Written = z.output<(typeof entrySchemas)[keyof typeof entrySchemas]>

interface EntryRules {
  readonly where?: Condition | undefined
  readonly if?: Condition | undefined
  /** A property of the touchpoint: one run for each value of it. */
  readonly key?: Written['key']
  readonly sameKey: Written['same key']
  /** Milliseconds since she last entered. */
  readonly again: number
  readonly pace?: Pace | undefined
  readonly open?: Written['open']
}

interface EntryOn {
  readonly on: Written['on']
}

export type Entry = EntryOn & EntryRules

/** So many may enter in so long (ms). */
export interface Pace {
  readonly entries: number
  readonly per: number
}

/** What Throughline records when it lets somebody in of its own accord. */
export const STARTED = 'journey.started'

const SEGMENT_TOUCHPOINTS = { joins: 'segment.joined', leaves: 'segment.left' } as const

/** The type of the touchpoint by which a customer enters. */
export function entryType({ on }: Pick<Entry, 'on'>): string {
  if (on.kind === 'touchpoint') return on.type
  return on.kind === 'joins' || on.kind === 'leaves' ? SEGMENT_TOUCHPOINTS[on.kind] : STARTED
}

/** All types by which she may enter: those who are in a segment already have not joined it just now. */
export function entryTypes(enter: Pick<Entry, 'on'>): readonly string[] {
  return enter.on.kind === 'joins' ? [entryType(enter), STARTED] : [entryType(enter)]
}

export const Exit = z
  .strictObject({
    when: touchpointType.optional(),
    where: Where.optional(),
    'joins segment': name.optional(),
    'leaves segment': name.optional(),
    if: Condition.optional(),
  })
  .refine((exit) => [exit.when, exit['joins segment'], exit['leaves segment']].filter(isGiven).length <= 1, {
    message: 'One exit has one of "when", "joins segment" and "leaves segment"; a second exit has the other.',
  })
  .refine(({ where: _, ...exit }) => Object.values(exit).some(isGiven), {
    message: 'An exit says when (a touchpoint), joins or leaves segment, or if (a condition on her).',
  })
  .transform(({ 'joins segment': joins, 'leaves segment': leaves, ...exit }): Exit => {
    if (joins !== undefined) return movesExit('joins', joins, exit)
    return leaves === undefined ? exit : movesExit('leaves', leaves, exit)
  })

export interface Exit {
  readonly when?: string | undefined
  readonly where?: Condition | undefined
  readonly if?: Condition | undefined
}

/** The touchpoint says that she has just moved, and of which segment; the condition that she is there, or is not, still. */
function movesExit(way: 'joins' | 'leaves', segment: string, { where, if: condition }: Exit): Exit {
  const here: Condition = { kind: way === 'joins' ? 'in segment' : 'not in segment', segment }
  const which = Where.parse({ property: 'segment', is: segment })
  return { when: SEGMENT_TOUCHPOINTS[way], where: allOf(which, where), if: allOf(here, condition) }
}

function allOf(one: Condition, other: Condition | undefined): Condition {
  return other === undefined ? one : { kind: 'all', of: [one, other] }
}

function isGiven(value: unknown): boolean {
  return value !== undefined
}

export const Goal = z.strictObject({
  when: touchpointType,
  where: Where.optional(),
  within: duration.default(30 * 86_400_000),
  /** A numeric property of the touchpoint, counted as what the goal was worth. */
  value: text.optional(),
})

export type Goal = z.infer<typeof Goal>

/** A control group that gets nothing, as a share of 1. */
export const Holdout = share
