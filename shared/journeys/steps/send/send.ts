import * as z from 'zod'
import { listOr } from '../../../documents/choice.ts'
import { duration, name, oneOrMore } from '../../../documents/fields.ts'
import { DAY, describeDuration } from '../../../time/duration.ts'
import { DONE, END, outcomeIs, type Place, task } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface SendStep extends StepBase {
  readonly kind: 'send'
  readonly message: string
  /** Channels in order of preference; undefined takes those of the purpose. */
  readonly by?: readonly string[] | undefined
  /** Undefined takes the journey's. */
  readonly purpose?: string | undefined
  /** Milliseconds after the first try in which it must go out, or not at all; undefined takes the purpose's. */
  readonly deadline?: number | undefined
  readonly ifNotSent: 'continue' | 'exit' | readonly StepBase[]
}

/** A send without a deadline of its own takes its purpose's, which is no longer than this. */
const LONGEST_DEADLINE = 14 * DAY

export const sendStep: StepKind<SendStep> = {
  key: 'send',
  schema: (steps) =>
    z
      .strictObject({
        send: name,
        by: oneOrMore(name).optional(),
        purpose: name.optional(),
        deadline: duration.optional(),
        'if not sent': listOr(steps, z.enum(['continue', 'exit'])).default('continue'),
      })
      .transform(({ send, 'if not sent': ifNotSent, ...rest }) => ({ ...rest, message: send, ifNotSent })),
  label: ({ message }) => message,
  paths: ({ ifNotSent }) =>
    typeof ifNotSent === 'string' ? [] : [{ name: 'if not sent', at: ['if not sent'], steps: ifNotSent }],
  references: ({ message, by, purpose }) => [
    { kind: 'message', name: message },
    ...(by ?? []).map((channel) => ({ kind: 'channel' as const, name: channel })),
    ...(purpose === undefined ? [] : [{ kind: 'purpose' as const, name: purpose }]),
  ],
  longest: ({ deadline }) => deadline ?? LONGEST_DEADLINE,
  describe: ({ message, by, deadline }) =>
    `send ${message}${by === undefined ? '' : ` by ${by.join(', else ')}`}${deadline === undefined ? '' : ` within ${describeDuration(deadline)}`}`,
  compile: compileSend,
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
