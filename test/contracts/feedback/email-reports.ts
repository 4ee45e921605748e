import type { Report } from './report.ts'

/** docs.aws.amazon.com/ses: "Monitoring SES events using EventBridge", "Contents of event data". */

export const EMAIL_TAGS = {
  dispatch: 'dsp_1',
  customer: 'cus_1',
  message: 'order-reminder',
  journey: 'abandoned-order',
}

interface About {
  readonly messageId?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly to?: string
}

/** An event as SES puts it on the default bus. */
export function sesEvent(
  detailType: string,
  eventType: string,
  about: object,
  { messageId = '0102-ses', tags = EMAIL_TAGS, to = 'ada@example.org' }: About = {},
) {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': detailType,
    source: 'aws.ses',
    account: '123456789012',
    time: '2026-11-21T12:00:09Z',
    region: 'eu-north-1',
    resources: ['arn:aws:ses:eu-north-1:123456789012:identity/kaffi.example'],
    detail: {
      eventType,
      mail: {
        timestamp: '2026-11-21T11:59:00.000Z',
        source: '"Kaffi" <hello@kaffi.example>',
        sourceArn: 'arn:aws:ses:eu-north-1:123456789012:identity/kaffi.example',
        sendingAccountId: '123456789012',
        messageId,
        destination: [to],
        headersTruncated: false,
        headers: [
          { name: 'From', value: '"Kaffi" <hello@kaffi.example>' },
          { name: 'To', value: to },
          { name: 'Subject', value: 'Your order waits' },
        ],
        commonHeaders: { from: ['"Kaffi" <hello@kaffi.example>'], to: [to], subject: 'Your order waits' },
        tags: {
          'ses:operation': ['SendEmail'],
          'ses:configuration-set': ['throughline-kaffi'],
          'ses:source-ip': ['192.0.2.0'],
          'ses:from-domain': ['kaffi.example'],
          'ses:caller-identity': ['throughline-kaffi-send-message'],
          ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]])),
        },
      },
      ...about,
    },
  }
}

const AT = '2026-11-21T12:00:07.123Z'
/** The facts that have no time of their own take that of the event. */
const EVENT_AT = '2026-11-21T12:00:09.000Z'
const SEEN = { ipAddress: '192.0.2.1', timestamp: AT, userAgent: 'Mozilla/5.0' }
const LINK = 'https://kaffi.example/menu'

const bounce = (bounceType: string, bounceSubType: string) =>
  sesEvent('Email Bounced', 'Bounce', {
    bounce: {
      bounceType,
      bounceSubType,
      bouncedRecipients: [
        {
          emailAddress: 'ada@example.org',
          action: 'failed',
          status: '5.1.1',
          diagnosticCode: 'smtp; 550 5.1.1 unknown',
        },
      ],
      timestamp: AT,
      feedbackId: '0102-feedback',
      reportingMTA: 'dsn; a.example',
    },
  })

const complaint = (more: object) =>
  sesEvent('Email Complaint Received', 'Complaint', {
    complaint: {
      complainedRecipients: [{ emailAddress: 'ada@example.org' }],
      timestamp: AT,
      feedbackId: '0102-feedback',
      complaintSubType: null,
      ...more,
    },
  })

const delay = (delayType: string) =>
  sesEvent('Email Delivery Delayed', 'DeliveryDelay', {
    deliveryDelay: {
      delayType,
      timestamp: AT,
      expirationTime: '2026-11-22T02:00:00.000Z',
      delayedRecipients: [
        { emailAddress: 'ada@example.org', status: '4.4.1', diagnosticCode: 'smtp; 421 4.4.1 later' },
      ],
      reportingMTA: 'a.example',
    },
  })

const BOUNCES: Readonly<Record<string, readonly string[]>> = {
  Undetermined: ['Undetermined'],
  Permanent: [
    ...['General', 'NoEmail', 'Suppressed'],
    ...['OnAccountSuppressionList', 'EmailValidationSuppressed', 'OnTenantSuppressionList'],
  ],
  Transient: [
    ...['General', 'MailboxFull', 'MessageTooLarge'],
    ...['CustomTimeoutExceeded', 'ContentRejected', 'AttachmentRejected'],
  ],
}

const DELAYS = [
  ...['InternalFailure', 'General', 'MailboxFull', 'SpamDetected', 'RecipientServerError', 'IPFailure'],
  ...['TransientCommunicationFailure', 'BYOIPHostNameLookupUnavailable', 'Undetermined', 'SendingDeferral'],
]

const said = (type: string, properties: object = {}, occurredAt = AT) => ({ type, properties, occurredAt })

export const EMAIL_REPORTS: readonly Report[] = [
  { name: 'Email Sent', event: sesEvent('Email Sent', 'Send', { send: {} }) },
  {
    name: 'Email Delivered',
    event: sesEvent('Email Delivered', 'Delivery', {
      delivery: {
        timestamp: AT,
        processingTimeMillis: 7_123,
        recipients: ['ada@example.org'],
        smtpResponse: '250 ok: Message accepted',
        remoteMtaIp: '192.0.2.2',
        reportingMTA: 'mta.example.com',
      },
    }),
    says: said('message.delivered'),
  },
  {
    name: 'Email Opened',
    event: sesEvent('Email Opened', 'Open', { open: { ...SEEN, isBotEvent: 'Unlikely' } }),
    says: said('message.opened'),
  },
  {
    name: 'Email Opened, of earlier days',
    event: sesEvent('Email Opened', 'Open', { open: SEEN }),
    says: said('message.opened'),
  },
  {
    name: 'Email Opened by a scanner',
    event: sesEvent('Email Opened', 'Open', { open: { ...SEEN, isBotEvent: 'Likely' } }),
    says: said('message.opened', { bot: true }),
  },
  {
    name: 'Email Clicked',
    event: sesEvent('Email Clicked', 'Click', {
      click: { ...SEEN, link: LINK, linkTags: { place: ['top'] }, isBotEvent: 'Unlikely' },
    }),
    says: said('message.clicked', { link: LINK }),
  },
  {
    name: 'Email Clicked by a scanner',
    event: sesEvent('Email Clicked', 'Click', { click: { ...SEEN, link: LINK, linkTags: null, isBotEvent: 'Likely' } }),
    says: said('message.clicked', { link: LINK, bot: true }),
  },
  ...Object.entries(BOUNCES).flatMap(([type, subtypes]) =>
    subtypes.map((subtype) => ({
      name: `Email Bounced, ${type}/${subtype}`,
      event: bounce(type, subtype),
      says: said('message.bounced', { reason: `${type}/${subtype}`, permanent: type === 'Permanent' }),
    })),
  ),
  ...['abuse', 'auth-failure', 'fraud', 'other', 'virus'].map((complaintFeedbackType) => ({
    name: `Email Complaint Received, ${complaintFeedbackType}`,
    event: complaint({ complaintFeedbackType, userAgent: 'A mailbox (1.0)', arrivalDate: AT }),
    says: said('message.complained', { reason: complaintFeedbackType }),
  })),
  {
    name: 'Email Complaint Received, not-spam: taken back',
    event: complaint({ complaintFeedbackType: 'not-spam' }),
  },
  ...['OnAccountSuppressionList', 'OnTenantSuppressionList'].map((complaintSubType) => ({
    name: `Email Complaint Received, ${complaintSubType}`,
    event: complaint({ complaintSubType }),
    says: said('message.complained', { reason: 'unknown' }),
  })),
  ...DELAYS.map((type) => ({ name: `Email Delivery Delayed, ${type}`, event: delay(type) })),
  {
    name: 'Email Rejected',
    event: sesEvent('Email Rejected', 'Reject', { reject: { reason: 'Bad content' } }),
    says: said('message.failed', { reason: 'Bad content' }, EVENT_AT),
  },
  {
    name: 'Email Rendering Failed',
    event: sesEvent('Email Rendering Failed', 'Rendering Failure', {
      failure: { errorMessage: "Attribute 'name' is not present.", templateName: 'welcome' },
    }),
    says: said('message.failed', { reason: "Attribute 'name' is not present." }, EVENT_AT),
  },
  {
    name: 'Email Subscribed',
    event: sesEvent('Email Subscribed', 'Subscription', {
      subscription: {
        contactList: 'contacts',
        timestamp: AT,
        source: 'UnsubscribeHeader',
        newTopicPreferences: {
          unsubscribeAll: true,
          topicSubscriptionStatus: [{ topicName: 'offers', subscriptionStatus: 'OptOut' }],
        },
        oldTopicPreferences: {
          unsubscribeAll: false,
          topicSubscriptionStatus: [{ topicName: 'offers', subscriptionStatus: 'OptOut' }],
        },
      },
    }),
  },
]
