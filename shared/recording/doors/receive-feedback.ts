import * as z from 'zod'
import { emailFeedback } from '../../channels/email/feedback.ts'
import type { Feedback } from '../../channels/feedback.ts'
import { smsAnswer, smsFeedback } from '../../channels/sms/feedback.ts'
import { whatsAppAnswers, whatsAppFeedback } from '../../channels/whatsapp/feedback.ts'
import { dispatchKey } from '../../dispatches/dispatch-row.ts'
import { providerMessageKey } from '../../dispatches/provider-message.ts'
import { MINUTE } from '../../time/duration.ts'
import type { World } from '../../world/world.ts'
import { addDeadLetters } from './dead-letters.ts'

const Event = z.object({ source: z.string() })

interface Message {
  readonly messageId: string
  readonly body: unknown
  readonly sentAt: number
}

type FeedbackWorld = Pick<World, 'table' | 'bus' | 'log' | 'clock'>

/** Longer than we take to note the id that a provider gave a message. */
const NOTED_WITHIN = 10 * MINUTE

/**
 * Puts what providers report on the bus as touchpoints. A report about a message whose dispatch is not known yet
 * comes again: it may be faster than our own note of the provider's id. Who still does not know it after a while did
 * not send it: End User Messaging tells every installation in the account of every message.
 * @returns the ids of messages that should come again.
 */
export async function receiveFeedback(messages: readonly Message[], world: FeedbackWorld): Promise<readonly string[]> {
  const again: string[] = []
  for (const { messageId, body, sentAt } of messages) {
    const outcome = await passOn(world, body, sentAt)
    if (outcome === 'unknown' && world.clock.now() - sentAt < NOTED_WITHIN) again.push(messageId)
    else if (outcome === 'unknown') world.log.info('a report about a message that is not ours', { message: messageId })
    else if (outcome !== 'passed-on')
      await addDeadLetters(world, [{ id: messageId, receivedAt: sentAt, reason: outcome.reason, event: body }])
  }
  return again
}

type Outcome = 'passed-on' | 'unknown' | { readonly reason: string }

async function passOn({ table, bus }: FeedbackWorld, body: unknown, sentAt: number): Promise<Outcome> {
  const feedback = readFeedback(body, sentAt)
  if (feedback === undefined) return { reason: 'This is no provider event that is known here.' }
  for (const one of feedback) {
    const ours = await recognise(table, one)
    if (ours === undefined) return 'unknown'
    const [result] = await bus.publish([{ source: 'feedback', detailType: ours.type, detail: { ...ours } }])
    if (result?.accepted === false) return { reason: result.reason }
  }
  return 'passed-on'
}

/** By the source of an event on the default bus. */
const READERS: Readonly<Record<string, (event: unknown) => readonly Feedback[] | undefined>> = {
  'aws.ses': emailFeedback,
  'aws.sms-voice': smsFeedback,
  'aws.social-messaging': whatsAppFeedback,
}

/** What a customer wrote to one of our numbers comes by a topic, and names no source. */
function readFeedback(body: unknown, sentAt: number): readonly Feedback[] | undefined {
  const event = Event.safeParse(body)
  if (event.success) return READERS[event.data.source]?.(body)
  const text = smsAnswer(body, sentAt)
  return text === undefined ? whatsAppAnswers(body) : [text]
}

/**
 * With the dispatch that it is about; undefined when we know none. Only SES tells us of our own messages alone. An
 * answer stands for itself: it may be the first word between us.
 */
async function recognise(table: World['table'], feedback: Feedback): Promise<Feedback | undefined> {
  const { channel, type, identifiers, properties } = feedback
  if (type === 'message.answered' || (channel === 'email' && properties.dispatch !== undefined)) return feedback
  const { customerId: customer } = identifiers
  const { dispatch, messageId } = properties
  if (typeof dispatch === 'string' && customer !== undefined)
    return (await table.get(dispatchKey(customer, dispatch))) && feedback
  const row = await table.get(providerMessageKey(channel, String(messageId)))
  return row && withDispatch(feedback, row as unknown as Sent)
}

/** What `providerMessageItem` keeps. */
interface Sent {
  readonly customer: string
  readonly dispatch: string
}

function withDispatch(feedback: Feedback, { customer, dispatch }: Sent): Feedback {
  return {
    ...feedback,
    identifiers: { ...feedback.identifiers, customerId: customer },
    properties: { ...feedback.properties, dispatch, customer },
  }
}
