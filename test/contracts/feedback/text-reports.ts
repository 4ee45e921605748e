import type { Report } from './report.ts'

/** docs.aws.amazon.com/end-user-messaging: "Messaging events", "Event types for SMS"; sms-voice: "Two-way payload". */

const TEXT_CONTEXT = { dispatch: 'dsp_1', customer: 'cus_1', message: 'order-reminder' }

const EVENT_AT = Date.parse('2026-11-21T12:00:07.123Z')

interface About {
  readonly isFinal?: boolean
  readonly at?: number
  readonly messageId?: string
  readonly context?: Readonly<Record<string, string>> | undefined
  readonly to?: string | undefined
}

/** An event as End User Messaging SMS puts it on the default bus, at its fullest; the examples of the guide have less. */
export function smsEvent(eventType: string, about: About = {}) {
  const { isFinal = true, at = EVENT_AT, messageId = '862a8790-60c0-4430-9b2b-658bdea4ed0e' } = about
  const context = 'context' in about ? about.context : TEXT_CONTEXT
  const to = 'to' in about ? about.to : '+14255550156'
  return {
    version: '0',
    id: '54a2a2f4-a8a8-4d3c-9d0a-4d4c2d0f9a11',
    'detail-type': 'Text Message Delivery Status Updated',
    source: 'aws.sms-voice',
    account: '123456789012',
    time: '2026-11-21T12:00:09Z',
    region: 'eu-north-1',
    resources: ['arn:aws:sms-voice:eu-north-1:123456789012:sender-id/Kaffi/DK'],
    detail: {
      eventType,
      eventVersion: '1.0',
      eventTimestamp: at,
      isFinal,
      originationPhoneNumber: '+12065550152',
      ...(to && { destinationPhoneNumber: to }),
      isoCountryCode: 'US',
      isInternationalSend: false,
      mcc: '310',
      mnc: '800',
      carrierName: 'Verizon Wireless',
      messageId,
      messageRequestTimestamp: at - 300,
      messageEncoding: 'GSM',
      messageType: 'PROMOTIONAL',
      messageStatus: eventType.replace('TEXT_', ''),
      messageStatusDescription: 'As the carrier puts it',
      ...(context && { context }),
      totalMessageParts: 1,
      totalMessagePrice: 0.09582,
      totalCarrierFee: 0,
      protectConfiguration: { protectConfigurationId: 'protect-1', protectStatus: 'ALLOW' },
    },
  }
}

const report = (eventType: string, type: string, properties: object = {}): Report => ({
  name: eventType,
  event: smsEvent(eventType),
  says: { type, properties, occurredAt: new Date(EVENT_AT).toISOString() },
})

const failed = (eventType: string, reason: string) => report(eventType, 'message.failed', { reason, permanent: false })

export const TEXT_REPORTS: readonly Report[] = [
  report('TEXT_DELIVERED', 'message.delivered'),
  report('TEXT_SUCCESSFUL', 'message.delivered'),
  { name: 'TEXT_SUCCESSFUL, not final', event: smsEvent('TEXT_SUCCESSFUL', { isFinal: false }) },
  { name: 'TEXT_QUEUED', event: smsEvent('TEXT_QUEUED', { isFinal: false }) },
  { name: 'TEXT_PENDING', event: smsEvent('TEXT_PENDING', { isFinal: false }) },
  // After three days nobody knows; what it was sent with stands.
  { name: 'TEXT_UNKNOWN', event: smsEvent('TEXT_UNKNOWN') },
  failed('TEXT_BLOCKED', 'blocked'),
  failed('TEXT_CARRIER_BLOCKED', 'carrier-blocked'),
  failed('TEXT_CARRIER_UNREACHABLE', 'carrier-unreachable'),
  report('TEXT_INVALID', 'message.bounced', { reason: 'invalid', permanent: true }),
  failed('TEXT_INVALID_MESSAGE', 'invalid-message'),
  failed('TEXT_SPAM', 'spam'),
  failed('TEXT_TTL_EXPIRED', 'ttl-expired'),
  failed('TEXT_UNREACHABLE', 'unreachable'),
  failed('TEXT_PROTECT_BLOCKED', 'protect-blocked'),
]

/** What a customer writes to a number, as the number's topic says it. */
export const INBOUND_TEXT = {
  originationNumber: '+14255550156',
  destinationNumber: '+12065550152',
  messageKeyword: 'KEYWORD_123456789012',
  messageBody: 'Is it still warm?',
  inboundMessageId: 'cae173d2-66b9-564c-8309-21f858e9fb84',
  previousPublishedMessageId: '862a8790-60c0-4430-9b2b-658bdea4ed0e',
}
