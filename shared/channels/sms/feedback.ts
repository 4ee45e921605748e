import * as z from 'zod'
import { type Feedback, type FeedbackType, feedbackId, known, trackedTags } from '../feedback.ts'

const PROVIDER = 'end-user-messaging-sms'

/** docs.aws.amazon.com/end-user-messaging, "Message events": only what we use; the recipient is not always there. */
const SmsEvent = z.object({
  detail: z.object({
    eventType: z.string(),
    eventTimestamp: z.number(),
    messageId: z.string(),
    isFinal: z.boolean().default(false),
    destinationPhoneNumber: z.string().optional(),
    context: z.record(z.string(), z.string()).default({}),
  }),
})

/** docs.aws.amazon.com/sms-voice, "Two-way SMS payload". */
const SmsAnswer = z.object({
  originationNumber: z.string(),
  destinationNumber: z.string(),
  messageBody: z.string(),
  inboundMessageId: z.string(),
  previousPublishedMessageId: z.string().optional(),
})

/** The number cannot get any SMS, ever. */
const DEAD = new Set(['TEXT_INVALID'])

const GIVEN_UP = new Set([
  ...['TEXT_BLOCKED', 'TEXT_CARRIER_BLOCKED', 'TEXT_CARRIER_UNREACHABLE', 'TEXT_INVALID_MESSAGE', 'TEXT_SPAM'],
  ...['TEXT_TTL_EXPIRED', 'TEXT_UNREACHABLE', 'TEXT_PROTECT_BLOCKED'],
])

/**
 * The touchpoints in a delivery event of AWS End User Messaging on EventBridge: none for a state on the way (queued,
 * pending, taken by the carrier but not final); undefined when it is no such event.
 */
export function smsFeedback(event: unknown): readonly Feedback[] | undefined {
  const parsed = SmsEvent.safeParse(event)
  if (!parsed.success) return undefined
  const { eventType, eventTimestamp, messageId, isFinal, destinationPhoneNumber, context } = parsed.data.detail
  const type = typeOf(eventType, isFinal)
  if (!type) return []
  const feedback: Feedback = {
    id: feedbackId(PROVIDER, messageId, type),
    type,
    occurredAt: new Date(eventTimestamp).toISOString(),
    channel: 'sms',
    direction: 'in',
    identifiers: known({ customerId: context.customer, phone: destinationPhoneNumber }),
    properties: {
      ...trackedTags(context),
      messageId,
      ...(type === 'message.delivered' ? {} : { reason: reasonOf(eventType), permanent: DEAD.has(eventType) }),
    },
  }
  return [feedback]
}

/** What a customer wrote to us; undefined when it is no such message. */
export function smsAnswer(payload: unknown, receivedAt: number): Feedback | undefined {
  const parsed = SmsAnswer.safeParse(payload)
  if (!parsed.success) return undefined
  const { originationNumber, destinationNumber, messageBody, inboundMessageId, previousPublishedMessageId } =
    parsed.data
  return {
    id: feedbackId(PROVIDER, inboundMessageId, 'message.answered'),
    type: 'message.answered',
    occurredAt: new Date(receivedAt).toISOString(),
    channel: 'sms',
    direction: 'in',
    identifiers: { phone: originationNumber },
    properties: known({
      text: messageBody,
      to: destinationNumber,
      messageId: inboundMessageId,
      answers: previousPublishedMessageId,
    }),
  }
}

function typeOf(eventType: string, isFinal: boolean): FeedbackType | undefined {
  // Many carriers never say "delivered": their "taken over, and that is final" is all there will be.
  if (eventType === 'TEXT_DELIVERED' || (eventType === 'TEXT_SUCCESSFUL' && isFinal)) return 'message.delivered'
  if (DEAD.has(eventType)) return 'message.bounced'
  return GIVEN_UP.has(eventType) ? 'message.failed' : undefined
}

/** `TEXT_TTL_EXPIRED` is `ttl-expired`. */
function reasonOf(eventType: string): string {
  return eventType.replace('TEXT_', '').toLowerCase().replaceAll('_', '-')
}
