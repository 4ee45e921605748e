import * as z from 'zod'
import { duration, name } from '../../documents/fields.ts'
import { describeDuration } from '../../time/duration.ts'
import type { ConditionKind } from '../condition-kind.ts'
import { MESSAGE_STATES, type MessageFact, type MessageState, type Scene } from '../facts.ts'

/** How far a message got with her: in this run, or in any within a window. */
export interface MessageWas {
  readonly kind: 'message'
  readonly message: string
  readonly was: MessageState
  /** Exactly as long ago as this is no longer within it. */
  readonly withinMs?: number | undefined
}

export const messageSchema = z
  .strictObject({ message: name, was: z.enum(MESSAGE_STATES), 'in the last': duration.optional() })
  .transform(({ message, was, 'in the last': withinMs }): MessageWas => ({ kind: 'message', message, was, withinMs }))

/**
 * What shows that a message got so far. Feedback is incomplete (images blocked, no receipt), so that a later state
 * counts for the earlier ones it could not do without.
 */
const SHOWN_BY: Readonly<Record<MessageState, readonly MessageState[]>> = {
  sent: MESSAGE_STATES,
  delivered: ['delivered', 'opened', 'clicked', 'answered'],
  opened: ['opened', 'clicked', 'answered'],
  clicked: ['clicked'],
  answered: ['answered'],
}

export const message: ConditionKind<MessageWas> = {
  holds: (condition, scene) => reached(condition, scene).some(({ state }) => SHOWN_BY[condition.was].includes(state)),
  describe: ({ message, was, withinMs }) =>
    `message ${message} was ${was} ${withinMs === undefined ? 'in this run' : `in the last ${describeDuration(withinMs)}`}`,
  seen: (condition, scene) => reached(condition, scene).map(({ state }) => state),
  needs: ({ message, withinMs }) => ({ messages: [{ message, withinMs }] }),
  changesAt: (condition, scene) =>
    Math.min(...reached(condition, scene).map(({ at }) => at + (condition.withinMs ?? Number.POSITIVE_INFINITY))),
}

function reached({ message, withinMs }: MessageWas, { facts }: Scene): readonly MessageFact[] {
  if (withinMs === undefined) return facts.messages(message)
  const sinceAt = facts.now - withinMs + 1
  return facts.messages(message, sinceAt).filter(({ at }) => at >= sinceAt)
}
