import * as z from 'zod'
import { text } from '../documents/fields.ts'

/** A header or a display name is one line: no line break can ever start another header. */
const line = text.regex(/^[^\r\n]+$/, 'This is one line.')

const address = z
  .string()
  .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/, 'An email address is written as in "hello@kaffi.example".')

const EmailSender = z
  .strictObject({ name: line, address, 'reply to': address.optional() })
  .transform(({ 'reply to': replyTo, ...sender }) => ({ ...sender, replyTo }))

const SmsSender = z.strictObject({
  from: z
    .string()
    .regex(
      /^(\+[1-9]\d{6,14}|[A-Za-z0-9-]{1,11}|\d{3,8})$/,
      'An SMS comes from a number such as "+46701234567", a short code, or a name of at most 11 letters, digits and "-".',
    ),
})

const PushSender = z.strictObject({
  /** Shown beside the notification where the device has no app icon of ours: on the web. */
  icon: z.url({ protocol: /^https$/, error: 'An icon is an https address.' }).optional(),
})

/** What a brand says about itself on each channel. Its keys are the channels there are. */
export const senders = { email: EmailSender, sms: SmsSender, push: PushSender } as const

export type ChannelName = keyof typeof senders

export const CHANNEL_NAMES = Object.keys(senders) as readonly ChannelName[] // the keys of a constant object

export const channelName = z.enum(CHANNEL_NAMES)
