import * as z from 'zod'
import { CHANNEL_NAMES } from '../../../channels/senders.ts'
import { listOr } from '../../../documents/choice.ts'
import { duration, name } from '../../../documents/fields.ts'
import { DAY, describeDuration } from '../../../time/duration.ts'
import { DONE, END, outcomeIs, type Place, task } from '../place.ts'
import type { Sending, StepBase, StepKind } from '../step-kind.ts'

/** What the customer may do with a message, each more than the one before: opening it is proof that it arrived. */
export const REACTIONS = ['delivered', 'opened', 'clicked', 'answered'] as const

export type Reaction = (typeof REACTIONS)[number]

/** The same message goes out on the next channel after so long (ms), unless she has done that much with it by then. */
interface TryNext {
  readonly after: number
  readonly unless: Reaction
}

export interface SendStep extends StepBase {
  readonly kind: 'send'
  readonly message: string
  /** Channels in order of preference; undefined takes those of the purpose. */
  readonly by?: readonly string[] | undefined
  /** In place of a fixed order: the purpose's channels as suits her, or first where she wrote last. */
  readonly choose?: 'preferred' | 'reply' | undefined
  /** Undefined takes the journey's. */
  readonly purpose?: string | undefined
  /** Milliseconds after the first try in which it must go out, or not at all; undefined takes the purpose's. */
  readonly deadline?: number | undefined
  readonly tryNext?: TryNext | undefined
  /** It waits for the hour at which she is most often there. */
  readonly atHerHour?: boolean | undefined
  readonly ifNotSent: 'continue' | 'exit' | readonly StepBase[]
}

/** A send without a deadline of its own takes its purpose's, which is no longer than this. */
const LONGEST_DEADLINE = 14 * DAY

const By = listOr(
  z.array(name).min(1),
  name.transform((written) => (written === 'preferred' || written === 'reply' ? written : [written])),
)

const Own = z.strictObject({
  send: name,
  by: By.optional(),
  purpose: name.optional(),
  deadline: duration.optional(),
  at: z
    .literal('her hour', 'A send may wait for "her hour"; for a fixed hour put a "wait until" before it.')
    .optional(),
  'try next after': duration.refine((after) => after > 0, 'Some time must pass, as in "4 hours".').optional(),
  unless: z.enum(REACTIONS).optional(),
})

export const sendStep: StepKind<SendStep> = {
  key: 'send',
  schema: (steps) =>
    Own.extend({ 'if not sent': listOr(steps, z.enum(['continue', 'exit'])).default('continue') })
      .superRefine(checkTryNext)
      .transform(({ send, by, at, 'try next after': after, unless, 'if not sent': ifNotSent, ...rest }) => ({
        ...rest,
        message: send,
        ifNotSent,
        ...(typeof by === 'string' ? { choose: by } : { by }),
        ...(at === undefined ? {} : { atHerHour: true }),
        ...(after === undefined ? {} : { tryNext: { after, unless: unless ?? 'opened' } }),
      })),
  label: ({ message }) => message,
  paths: ({ ifNotSent }) =>
    typeof ifNotSent === 'string' ? [] : [{ name: 'if not sent', at: ['if not sent'], steps: ifNotSent }],
  references: ({ message, by, purpose }) => [
    { kind: 'message', name: message },
    ...(by ?? []).map((channel) => ({ kind: 'channel' as const, name: channel })),
    ...(purpose === undefined ? [] : [{ kind: 'purpose' as const, name: purpose }]),
  ],
  longest: (step) => {
    const tries = mostTries(step)
    return tries * (step.deadline ?? LONGEST_DEADLINE) + (tries - 1) * (step.tryNext?.after ?? 0)
  },
  ways: (step) => [
    // What she does ends the tries after any of them.
    ...sendings(step).map((last, index, all) => ({ least: 0, most: last.after ?? 0, sends: all.slice(0, index + 1) })),
    ...(step.ifNotSent === 'exit'
      ? []
      : [{ ...(typeof step.ifNotSent === 'string' ? {} : { path: 0 }), least: 0, most: 0 }]),
  ],
  describe: describeSend,
  compile: compileSend,
}

interface Written {
  readonly by?: readonly string[] | string | undefined
  readonly 'try next after'?: number | undefined
  readonly unless?: string | undefined
}

function checkTryNext({ by, unless, 'try next after': after }: Written, context: z.RefinementCtx): void {
  if (unless !== undefined && after === undefined)
    context.addIssue({
      code: 'custom',
      path: ['unless'],
      message: '"unless" says when the next channel is not needed, so "try next after" stands beside it.',
    })
  if (after !== undefined && Array.isArray(by) && by.length === 1)
    context.addIssue({ code: 'custom', path: ['try next after'], message: `There is no channel after "${by[0]}".` })
}

/** Each channel has it once at the most. */
function mostTries({ by, tryNext }: SendStep): number {
  return tryNext === undefined ? 1 : (by ?? CHANNEL_NAMES).length
}

function sendings(step: SendStep): readonly Sending[] {
  const { message, by, purpose, deadline, tryNext } = step
  return Array.from({ length: mostTries(step) }, (_, place) => ({
    ...{ message, by: by?.slice(place), purpose, deadline },
    ...(tryNext === undefined || place === 0 ? {} : { after: place * tryNext.after }),
  }))
}

function describeSend({ message, by, choose, deadline, tryNext, atHerHour }: SendStep): string {
  const channels = choose === 'reply' ? 'where she wrote last' : choose === 'preferred' ? 'her channel' : undefined
  return [
    `send ${message}`,
    ...(channels === undefined ? (by === undefined ? [] : [`by ${by.join(', else ')}`]) : [`by ${channels}`]),
    ...(atHerHour === true ? ['at her hour'] : []),
    ...(deadline === undefined ? [] : [`within ${describeDuration(deadline)}`]),
    ...(tryNext === undefined
      ? []
      : [`and by the next after ${describeDuration(tryNext.after)} unless ${tryNext.unless}`]),
  ].join(' ')
}

/** The task, a choice on its outcome, and a wait that leads back to it while it is held. */
function compileSend(step: SendStep, place: Place): string {
  const { id, ifNotSent } = step
  const choice = `${id}?`
  const held = `${id} held`
  const notSent = typeof ifNotSent === 'string' ? undefined : place.sequence(ifNotSent, place.next)
  place.add(id, task(step, place, { function: 'send-message', next: choice, payload: endsPayload(step, place.next) }))
  place.add(choice, {
    Type: 'Choice',
    Choices: [
      { Condition: outcomeIs('hold'), Next: held },
      { Condition: outcomeIs('sent', 'uncertain'), Next: place.next === END ? DONE : place.next },
    ],
    Default: notSent ?? (ifNotSent === 'exit' || place.next === END ? DONE : place.next),
  })
  place.add(held, { Type: 'Wait', Timestamp: '{% $states.input.until %}', Next: id })
  return id
}

/** When nothing follows, the send itself ends the run, and saves a task. */
function endsPayload({ ifNotSent }: SendStep, next: string): Record<string, string> {
  const whenSent = next === END
  const whenNotSent = ifNotSent === 'exit' || (whenSent && ifNotSent === 'continue')
  if (!whenSent && !whenNotSent) return {}
  return { ends: `{"sent": ${whenSent}, "notSent": ${whenNotSent}}` }
}
