import * as z from 'zod'
import { type Feedback, type FeedbackType, feedbackId, known, trackedTags } from '../feedback.ts'

const PROVIDER = 'ses'

const recipients = z.array(z.object({ emailAddress: z.string(), diagnosticCode: z.string().optional() })).default([])

const timestamp = z.string()

const engagement = z.object({ timestamp, link: z.string().optional(), isBotEvent: z.string().optional() })

/** docs.aws.amazon.com/ses, "Contents of event data": only what we use of it. */
const SesEvent = z.object({
  time: z.string(),
  detail: z.object({
    eventType: z.string(),
    mail: z.object({
      messageId: z.string(),
      destination: z.array(z.string()).default([]),
      /** A list of one value each. */
      tags: z
        .record(
          z.string(),
          z.array(z.string()).transform(([value]) => value),
        )
        .default({}),
    }),
    delivery: z.object({ timestamp }).optional(),
    open: engagement.optional(),
    click: engagement.optional(),
    bounce: z
      .object({ timestamp, bounceType: z.string(), bounceSubType: z.string(), bouncedRecipients: recipients })
      .optional(),
    complaint: z.object({ timestamp, complaintFeedbackType: z.string().nullish() }).optional(),
    reject: z.object({ reason: z.string() }).optional(),
    failure: z.object({ errorMessage: z.string() }).optional(),
  }),
})

type Detail = z.output<typeof SesEvent>['detail']

interface Fact {
  readonly type: FeedbackType
  /** Absent where the event's own time is all there is. */
  readonly at?: string | undefined
  readonly properties?: Feedback['properties']
  /** What tells this fact from another of its kind about the same message. */
  readonly distinction?: string
}

/**
 * The touchpoints in an event of SES on EventBridge: none for the kinds that say nothing new (sent, delayed,
 * subscription); undefined when it is no event of SES.
 */
export function emailFeedback(event: unknown): readonly Feedback[] | undefined {
  const parsed = SesEvent.safeParse(event)
  if (!parsed.success) return undefined
  const { detail, time } = parsed.data
  const fact = factOf(detail)
  if (!fact) return []
  const { messageId, destination, tags } = detail.mail
  const feedback: Feedback = {
    id: feedbackId(PROVIDER, messageId, fact.type, fact.distinction ?? ''),
    type: fact.type,
    occurredAt: new Date(fact.at ?? time).toISOString(),
    channel: 'email',
    direction: 'in',
    identifiers: known({ customerId: tags.customer, email: destination.find(isAsSheWritesIt) }),
    properties: { ...trackedTags(tags), messageId, ...fact.properties },
  }
  return [feedback]
}

/** An address with letters beyond ASCII comes back in another spelling. */
function isAsSheWritesIt(address: string): boolean {
  return !/[@.]xn--/i.test(address)
}

function factOf({ eventType, delivery, open, click, bounce, complaint, reject, failure }: Detail): Fact | undefined {
  switch (eventType) {
    case 'Delivery':
      return { type: 'message.delivered', at: delivery?.timestamp }
    case 'Open':
      return { type: 'message.opened', at: open?.timestamp, ...byBot(open) }
    case 'Click':
      return { type: 'message.clicked', at: click?.timestamp, ...byBot(click, click?.link) }
    case 'Bounce':
      return bounce && bounced(bounce)
    case 'Complaint':
      return complained(complaint)
    case 'Reject':
      return { type: 'message.failed', properties: { reason: reject?.reason ?? 'rejected' } }
    case 'Rendering Failure':
      return { type: 'message.failed', properties: { reason: failure?.errorMessage ?? 'not rendered' } }
    default:
      return undefined
  }
}

/** A mail scanner opens and follows everything; that must not hide what she does herself later. */
function byBot(seen: z.output<typeof engagement> | undefined, link?: string): Pick<Fact, 'properties' | 'distinction'> {
  const bot = seen?.isBotEvent === 'Likely'
  return {
    properties: { ...(link === undefined ? {} : { link }), ...(bot ? { bot } : {}) },
    distinction: `${link ?? ''}${bot ? ' bot' : ''}`,
  }
}

function complained({
  timestamp: at,
  complaintFeedbackType,
}: Partial<NonNullable<Detail['complaint']>> = {}): Fact | undefined {
  // Somebody took it out of the spam.
  if (complaintFeedbackType === 'not-spam') return undefined
  return { type: 'message.complained', at, properties: { reason: complaintFeedbackType ?? 'unknown' } }
}

function bounced({ timestamp: at, bounceType, bounceSubType }: NonNullable<Detail['bounce']>): Fact {
  return {
    type: 'message.bounced',
    at,
    // Only a permanent one closes the address; after a transient one SES has given this message up, not the address.
    properties: { reason: `${bounceType}/${bounceSubType}`, permanent: bounceType === 'Permanent' },
  }
}
