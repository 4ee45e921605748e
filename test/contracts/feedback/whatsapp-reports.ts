import type { Report } from './report.ts'

/** docs.aws.amazon.com/social-messaging: "Monitoring with Amazon EventBridge", "Message and event format". */

const SECONDS = 1_795_262_407
const AT = new Date(SECONDS * 1_000).toISOString()

/** An event as End User Messaging Social puts it on the default bus. */
export function whatsAppEvent(
  detailType: string,
  status: string,
  {
    messageId = '4bee7d29-70f5-4a49-b84e-facf4424fe58',
    at = SECONDS,
    ...more
  }: { messageId?: string; at?: number; errors?: object[] } = {},
) {
  return {
    version: '0',
    id: '76a454c4-26df-6e2c-bc50-2137de2a0fe7',
    'detail-type': detailType,
    source: 'aws.social-messaging',
    account: '123456789012',
    time: '2026-11-21T12:00:09Z',
    region: 'eu-west-1',
    resources: [],
    detail: {
      wabaId: '1163793972139053',
      originationPhoneNumber: '4570000000',
      originationPhoneNumberId: '574086085794038',
      messageId,
      status,
      eventTimestamp: String(at),
      ...more,
    },
  }
}

const errors = [{ code: 131026, title: 'Message undeliverable', message: 'Message undeliverable' }]
const said = (type: string, properties: object = {}) => ({ type, properties, occurredAt: AT })

export const WHATSAPP_REPORTS: readonly Report[] = [
  { name: 'WhatsApp Message Sent', event: whatsAppEvent('WhatsApp Message Sent', 'sent') },
  {
    name: 'WhatsApp Message Delivered',
    event: whatsAppEvent('WhatsApp Message Delivered', 'delivered'),
    says: said('message.delivered'),
  },
  {
    name: 'WhatsApp Message Read',
    event: whatsAppEvent('WhatsApp Message Read', 'read'),
    says: said('message.opened'),
  },
  {
    name: 'WhatsApp Message Failed',
    event: whatsAppEvent('WhatsApp Message Failed', 'failed', { errors }),
    says: said('message.failed', { reason: '131026 Message undeliverable' }),
  },
  {
    name: 'WhatsApp Message Undeliverable',
    event: whatsAppEvent('WhatsApp Message Undeliverable', 'undeliverable'),
    says: said('message.failed', { reason: 'undeliverable' }),
  },
  // What she wrote comes with her words by the account's topic.
  { name: 'WhatsApp Message Received', event: whatsAppEvent('WhatsApp Message Received', 'received') },
  {
    name: 'WhatsApp Message Handover Succeeded',
    event: whatsAppEvent('WhatsApp Message Handover Succeeded', 'succeeded'),
  },
  { name: 'WhatsApp Message Handover Failed', event: whatsAppEvent('WhatsApp Message Handover Failed', 'failed') },
  {
    name: 'WhatsApp Unknown Notification Received',
    event: whatsAppEvent('WhatsApp Unknown Notification Received', 'unknown'),
  },
]

/** What the topic of a WhatsApp business account says: Meta's own words, as text. */
export function whatsAppNotice(value: object, field = 'messages') {
  const metadata = { display_phone_number: '+45 70 00 00 00', phone_number_id: '574086085794038' }
  const contacts = [{ profile: { name: 'Ada' }, wa_id: '4520123456' }]
  return {
    context: {
      MetaWabaIds: [{ wabaId: '1163793972139053', arn: 'arn:aws:social-messaging:eu-west-1:123456789012:waba/w1' }],
      MetaPhoneNumberIds: [
        {
          metaPhoneNumberId: '574086085794038',
          arn: 'arn:aws:social-messaging:eu-west-1:123456789012:phone-number-id/p1',
        },
      ],
    },
    whatsAppWebhookEntry: JSON.stringify({
      id: '1163793972139053',
      changes: [{ value: { messaging_product: 'whatsapp', metadata, contacts, ...value }, field }],
    }),
    aws_account_id: '123456789012',
    message_timestamp: '2026-11-21T12:00:09.271279391Z',
    messageId: '6d69f07a-c317-4278-9d5c-6a84078419ec',
  }
}

/** One message of hers. */
export function whatsAppWords(type: string, content: object, id = 'wamid.HBgLMTQyNTY5ODgzMDIVAgASGCBDNzBDRjM5MDU2') {
  return whatsAppNotice({ messages: [{ from: '4520123456', id, timestamp: String(SECONDS), type, ...content }] })
}

interface Words {
  readonly type: string
  readonly content: object
  /** What an agent reads of it. */
  readonly text: string
}

export const WHATSAPP_WORDS: readonly Words[] = [
  { type: 'text', content: { text: { body: 'Is it still warm?' } }, text: 'Is it still warm?' },
  { type: 'button', content: { button: { payload: 'yes', text: 'Yes, please' } }, text: 'Yes, please' },
  {
    type: 'interactive',
    content: { interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Oat' } } },
    text: 'Oat',
  },
  {
    type: 'interactive',
    content: { interactive: { type: 'list_reply', list_reply: { id: 'l1', title: 'Torvet' } } },
    text: 'Torvet',
  },
  { type: 'image', content: { image: { id: 'm1', mime_type: 'image/jpeg', caption: 'Cold!' } }, text: '[image] Cold!' },
  { type: 'image', content: { image: { id: 'm1', mime_type: 'image/jpeg', sha256: 'x' } }, text: '[image]' },
  { type: 'audio', content: { audio: { id: 'm1', mime_type: 'audio/ogg', voice: true } }, text: '[audio]' },
  { type: 'location', content: { location: { latitude: 55.7, longitude: 12.6 } }, text: '[location]' },
  {
    type: 'unsupported',
    content: { errors: [{ code: 131051, title: 'Message type is not currently supported' }] },
    text: '[unsupported]',
  },
]

/** What she did without saying anything. */
export const WHATSAPP_WORDLESS: readonly Omit<Words, 'text'>[] = [
  { type: 'reaction', content: { reaction: { message_id: 'wamid.x', emoji: '👍' } } },
  { type: 'system', content: { system: { body: 'Ada has another number', type: 'user_changed_number' } } },
]
