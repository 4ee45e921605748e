import * as z from 'zod'
import { isNamed } from '../../errors/errors.ts'
import { type Feedback, type FeedbackType, feedbackId, known } from '../feedback.ts'

const PROVIDER = 'end-user-messaging-social'

/** Epoch seconds, as text. */
const seconds = z.coerce.number().transform((given) => given * 1_000)

/** docs.aws.amazon.com/social-messaging, "Monitoring with Amazon EventBridge": it names neither customer nor tags. */
const WhatsAppEvent = z.object({
  'detail-type': z.string(),
  detail: z.object({
    /** The one that AWS gave the message when it took it. */
    messageId: z.string(),
    eventTimestamp: seconds,
    errors: z.array(z.object({ code: z.number(), title: z.string().default('') })).default([]),
  }),
})

const Kind = z.object({ 'detail-type': z.string().startsWith('WhatsApp ') })

/** The others say nothing new (sent), or come with what they are about by the account's topic (received). */
const TYPES: Readonly<Record<string, FeedbackType>> = {
  'WhatsApp Message Delivered': 'message.delivered',
  'WhatsApp Message Read': 'message.opened',
  'WhatsApp Message Failed': 'message.failed',
  'WhatsApp Message Undeliverable': 'message.failed',
}

/**
 * The touchpoints in an event of AWS End User Messaging Social on EventBridge: none for those that say nothing new;
 * undefined when it is no such event.
 */
export function whatsAppFeedback(event: unknown): readonly Feedback[] | undefined {
  const kind = Kind.safeParse(event)
  if (!kind.success) return undefined
  const type = TYPES[kind.data['detail-type']]
  if (type === undefined) return []
  const parsed = WhatsAppEvent.safeParse(event)
  if (!parsed.success) return undefined
  const { messageId, eventTimestamp, errors } = parsed.data.detail
  const [error] = errors
  const reason = error === undefined ? 'undeliverable' : `${error.code} ${error.title}`.trim()
  const feedback: Feedback = {
    id: feedbackId(PROVIDER, messageId, type),
    type,
    occurredAt: new Date(eventTimestamp).toISOString(),
    channel: 'whatsapp',
    direction: 'in',
    identifiers: {},
    properties: { messageId, ...(type === 'message.failed' ? { reason } : {}) },
  }
  return [feedback]
}

const caption = z.object({ caption: z.string().optional() }).optional()

/** Meta's Cloud API, "Messages webhook". */
const Message = z.object({
  from: z.string(),
  id: z.string(),
  timestamp: seconds,
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  button: z.object({ text: z.string() }).optional(),
  interactive: z
    .object({
      button_reply: z.object({ title: z.string() }).optional(),
      list_reply: z.object({ title: z.string() }).optional(),
    })
    .optional(),
  image: caption,
  video: caption,
  document: caption,
  /** The message that she answers, by Meta's own id. */
  context: z.object({ id: z.string().optional() }).optional(),
})

type Message = z.output<typeof Message>

const Entry = z.object({
  changes: z.array(
    z.object({
      field: z.string(),
      value: z.object({
        metadata: z.object({ display_phone_number: z.string() }).optional(),
        messages: z.array(Message).default([]),
      }),
    }),
  ),
})

/** docs.aws.amazon.com/social-messaging, "Message and event format": what the account's topic says. */
const WhatsAppNotice = z.object({ whatsAppWebhookEntry: z.string().transform(readJson) })

function readJson(text: string, context: z.core.$RefinementCtx): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (!isNamed(error, 'SyntaxError')) throw error
    context.addIssue('The entry is no JSON.')
    return z.NEVER
  }
}

/** Not words of hers: a thumb under a message, a note that she has another number. */
const WORDLESS = new Set(['reaction', 'system'])

/**
 * What customers wrote to us by WhatsApp: none in a notice of something else, as of a status, which EventBridge tells
 * by the id that we know; undefined when it is no such notice.
 */
export function whatsAppAnswers(notice: unknown): readonly Feedback[] | undefined {
  const parsed = WhatsAppNotice.safeParse(notice)
  if (!parsed.success) return undefined
  const entry = Entry.safeParse(parsed.data.whatsAppWebhookEntry)
  // Meta has many kinds of notices: whatever is no message is not for us.
  if (!entry.success) return isAboutMessages(parsed.data.whatsAppWebhookEntry) ? undefined : []
  return entry.data.changes
    .filter(({ field }) => field === 'messages')
    .flatMap(({ value }) => value.messages.map((message) => answerOf(message, value.metadata?.display_phone_number)))
    .filter((answer) => answer !== undefined)
}

function isAboutMessages(entry: unknown): boolean {
  const Messages = z.object({ changes: z.array(z.object({ field: z.string() })) })
  const { success, data } = Messages.safeParse(entry)
  return !success || data.changes.some(({ field }) => field === 'messages')
}

function answerOf(message: Message, to: string | undefined): Feedback | undefined {
  const { from, id, timestamp, type, context } = message
  if (WORDLESS.has(type)) return undefined
  return {
    id: feedbackId(PROVIDER, id, 'message.answered'),
    type: 'message.answered',
    occurredAt: new Date(timestamp).toISOString(),
    channel: 'whatsapp',
    direction: 'in',
    identifiers: { phone: international(from) },
    properties: known({
      text: wordsOf(message),
      to: to === undefined ? undefined : international(to),
      messageId: id,
      answers: context?.id,
    }),
  }
}

/** What an agent reads: her words, what she chose, or that there is a picture to ask her about. */
function wordsOf({ type, text, button, interactive, image, video, document }: Message): string {
  const chosen = interactive?.button_reply?.title ?? interactive?.list_reply?.title
  const words = text?.body ?? button?.text ?? chosen
  const under = image?.caption ?? video?.caption ?? document?.caption
  return words ?? [`[${type}]`, under].filter(Boolean).join(' ')
}

/** Meta writes numbers without their plus. */
function international(number: string): string {
  return `+${number.replace(/\D/g, '')}`
}
