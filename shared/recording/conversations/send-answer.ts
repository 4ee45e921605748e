import { type Answer, answerKey } from '../../conversations/answer-row.ts'
import { ANSWERED } from '../../conversations/converse.ts'
import { describeReasonWithChannel } from '../../decisions/decision.ts'
import { dispatchMessage } from '../../dispatches/dispatch-message.ts'
import type { DispatchWorld } from '../../dispatches/dispatch-request.ts'
import { type Dispatch, dispatchKey, readDispatch } from '../../dispatches/dispatch-row.ts'
import { Impossible } from '../../errors/errors.ts'
import type { Profile } from '../../profiles/profile.ts'
import { dueKeys } from '../../time/due.ts'
import type { Touchpoint } from '../../touchpoints/touchpoint.ts'
import { recordTouchpoints } from '../record-touchpoints.ts'
import type { RecordWorld } from '../recording.ts'

export type AnswerWorld = DispatchWorld & RecordWorld

/** What came of it, for people. */
export interface Answered {
  readonly outcome: 'sent' | 'uncertain' | 'skipped' | 'held'
  readonly channel?: string | undefined
  /** ISO 8601: it is tried again then. */
  readonly until?: string | undefined
  /** Each gate's answer in a sentence. */
  readonly reasons: readonly string[]
}

/** Sends it, records that she was answered, and forgets what was to be done. Safe to repeat at any time. */
export async function sendAnswer(world: AnswerWorld, answer: Answer): Promise<Answered> {
  const { id, customer, conversation, channels } = answer
  const key = answerKey(customer, id)
  if (conversation === undefined && channels.some((channel) => world.providers[channel]?.answersKeywords === true)) {
    await world.table.write([{ remove: key }])
    return { outcome: 'skipped', reasons: ['The provider answers this itself.'] }
  }
  const outcome = await dispatchMessage(world, requestOf(answer))
  if (outcome.outcome === 'hold') {
    const { again, until } = outcome
    const attributes = { again, ...dueKeys(customer, Date.parse(until)) }
    await world.table.write([{ set: key, attributes, when: 'present' }])
    return { outcome: 'held', until, reasons: (again.because ?? []).map(describeReasonWithChannel) }
  }
  const item = await world.table.get(dispatchKey(customer, id))
  if (item === undefined)
    throw new Impossible('answer.no-dispatch', 'An answer was sent, but its dispatch is not stored.')
  const dispatch = readDispatch(item)
  if (outcome.outcome !== 'skipped' && conversation !== undefined)
    await recordTouchpoints(world, [answeredBy(world, answer, dispatch, conversation)])
  await world.table.write([{ remove: key }])
  return answeredView(dispatch)
}

export function answeredView({ state, channel, because }: Dispatch): Answered {
  const reasons = because.filter(({ code }) => code !== 'may-send').map(describeReasonWithChannel)
  if (state === 'sent' || state === 'delivered') return { outcome: 'sent', channel, reasons }
  return state === 'skipped' ? { outcome: 'skipped', reasons } : { outcome: 'uncertain', channel, reasons }
}

function requestOf({ id, customer, message, purpose, channels, entry, conversation, again }: Answer) {
  const place = conversation ?? message
  return {
    id,
    customer,
    labels: { journey: 'conversation', journeyVersion: 1, enrolment: place, run: 1, step: place },
    message,
    purpose,
    channels,
    again,
    run: { entry, saved: {} },
    admit: (profile: Profile | undefined) => {
      if (profile !== undefined) return profile
      throw new Impossible('answer.no-customer', 'An answer is to be sent to a customer who is not stored.')
    },
    settle: () => undefined,
  }
}

function answeredBy(world: AnswerWorld, answer: Answer, dispatch: Dispatch, conversation: string): Touchpoint {
  const { channel = '', claimedAt } = dispatch
  const { text = '' } = answer.entry
  return {
    id: `answered-${answer.id}`,
    type: ANSWERED,
    // The same for every try, so that it stands in her timeline once.
    occurredAt: claimedAt ?? dispatch.decidedAt,
    recordedAt: world.clock.now(),
    timed: true,
    channel,
    direction: 'out',
    identifiers: { customerId: answer.customer },
    properties: { agent: answer.agent ?? '', text, dispatch: answer.id },
    conversation,
    depth: 0,
    mode: 'live',
    source: 'conversations',
  }
}
