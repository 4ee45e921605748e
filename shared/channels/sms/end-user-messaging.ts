import { type PinpointSMSVoiceV2Client, SendTextMessageCommand } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import type { Delivery, Outgoing, Provider } from '../../world/provider.ts'
import { acceptedAs, type ServiceError, sendOnce } from '../service-errors.ts'
import { SmsContent } from './sms.ts'

export interface SmsOptions {
  readonly configurationSet?: string
}

/** AWS gives back at most so many, and so long ones. */
const MOST_CONTEXT_ENTRIES = 5
const LONGEST_CONTEXT = 800

/**
 * AWS End User Messaging SMS. It has no idempotency key, and its events need not bring our context back.
 * A message whose tag `kind` is `marketing` goes out as promotional.
 * @param client made with `maxAttempts: 1`.
 */
export function smsProvider(client: PinpointSMSVoiceV2Client, options: SmsOptions = {}): Provider {
  return {
    name: 'end-user-messaging-sms',
    idempotency: 'none',
    answersKeywords: true,
    deliver: (message) => sendOnce(client, () => send(client, options, message), refusalOf),
  }
}

async function send(client: PinpointSMSVoiceV2Client, options: SmsOptions, message: Outgoing): Promise<Delivery> {
  const { from, text } = SmsContent.parse(message.content)
  const { MessageId } = await client.send(
    new SendTextMessageCommand({
      DestinationPhoneNumber: message.to,
      OriginationIdentity: from,
      MessageBody: text,
      MessageType: message.tags.kind === 'marketing' ? 'PROMOTIONAL' : 'TRANSACTIONAL',
      Context: contextOf(message),
      ConfigurationSetName: options.configurationSet,
    }),
  )
  return acceptedAs(MessageId)
}

/** The ids that feedback needs come first, so that they are never the ones left out; none begins or ends with a space. */
function contextOf({ dispatch, customer, tags }: Outgoing): Record<string, string> {
  const entries = Object.entries({ dispatch, customer, ...tags })
    .map(([name, value]) => [name, value.trim().slice(0, LONGEST_CONTEXT).trim()] as const)
    .filter(([, value]) => value !== '')
  return Object.fromEntries(entries.slice(0, MOST_CONTEXT_ENTRIES))
}

function refusalOf({ name, Reason: reason = '' }: ServiceError): Delivery | undefined {
  if (name === 'ValidationException')
    return { outcome: 'refused', reason: reason === '' ? 'bad-request' : spell(reason) }
  if (!reason.startsWith('DESTINATION_')) return undefined
  return { outcome: 'refused', reason: spell(reason), suppress: reason === 'DESTINATION_PHONE_NUMBER_OPTED_OUT' }
}

/** `DESTINATION_PHONE_NUMBER_OPTED_OUT` is `destination-phone-number-opted-out`. */
function spell(reason: string): string {
  return reason.toLowerCase().replaceAll('_', '-')
}
