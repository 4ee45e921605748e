import { type SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import type { Delivery, Outgoing, Provider } from '../../world/provider.ts'
import { acceptedAs, type ServiceError, sendOnce } from '../service-errors.ts'
import { asciiAddress, formatAddress } from './address.ts'
import { EmailContent } from './email.ts'

export interface SesOptions {
  /** Whose event destination brings the feedback back. */
  readonly configurationSet?: string
}

/** Amazon SES, API version 2. @param client made with `maxAttempts: 1`: SES has no idempotency key. */
export function sesProvider(client: SESv2Client, options: SesOptions = {}): Provider {
  return {
    name: 'ses',
    idempotency: 'tags',
    deliver: (message) => sendOnce(client, () => send(client, options, message), refusalOf),
  }
}

async function send(client: SESv2Client, options: SesOptions, message: Outgoing): Promise<Delivery> {
  const to = asciiAddress(message.to)
  // SES has no SMTPUTF8.
  if (to === undefined) return { outcome: 'refused', reason: 'bad-address' }
  const { MessageId } = await client.send(new SendEmailCommand(requestFor({ ...message, to }, options)))
  return acceptedAs(MessageId)
}

function requestFor(message: Outgoing, { configurationSet }: SesOptions) {
  const { from, replyTo, subject, html, text, headers } = EmailContent.parse(message.content)
  return {
    FromEmailAddress: formatAddress(from),
    Destination: { ToAddresses: [message.to] },
    ReplyToAddresses: replyTo === undefined ? [] : [replyTo],
    Content: {
      Simple: {
        Subject: utf8(subject),
        Body: { Html: utf8(html), Text: utf8(text) },
        Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
      },
    },
    EmailTags: tagsOf(message),
    ConfigurationSetName: configurationSet,
  }
}

function utf8(data: string) {
  return { Data: data, Charset: 'UTF-8' }
}

/** SES takes letters, digits, `_` and `-`, and no empty ones; our ids are such already, other tags are for reading. */
function tagsOf({ dispatch, customer, tags }: Outgoing) {
  const readable = Object.entries(tags)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, value.replace(/[^\w-]/g, '_').slice(0, 256)] as const)
  return Object.entries({ ...Object.fromEntries(readable), dispatch, customer }).map(([Name, Value]) => ({
    Name,
    Value,
  }))
}

/** Anything else that SES refuses concerns the account or its set-up, not this message. */
function refusalOf({ name }: ServiceError): Delivery | undefined {
  if (name === 'MessageRejected') return { outcome: 'refused', reason: 'rejected' }
  return name === 'BadRequestException' ? { outcome: 'refused', reason: 'bad-request' } : undefined
}
