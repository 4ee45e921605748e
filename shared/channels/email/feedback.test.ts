import { describe, expect, it } from 'vitest'
import { IncomingTouchpoint } from '../../touchpoints/touchpoint.ts'
import { emailFeedback } from './feedback.ts'

/** An event as SES puts it on EventBridge. */
const event = (
  eventType: string,
  about: object,
  tags: Record<string, string[]> = { dispatch: ['dsp_1'], customer: ['cus_1'], message: ['order-reminder'] },
) => ({
  version: '0',
  id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
  'detail-type': `Email ${eventType}`,
  source: 'aws.ses',
  account: '111122223333',
  time: '2026-11-21T12:00:09Z',
  region: 'eu-north-1',
  resources: ['arn:aws:ses:eu-north-1:111122223333:identity/kaffi.example'],
  detail: {
    eventType,
    mail: {
      timestamp: '2026-11-21T11:59:00.000Z',
      source: '"Kaffi" <hello@kaffi.example>',
      sendingAccountId: '111122223333',
      messageId: '010001',
      destination: ['ada@example.org'],
      headersTruncated: false,
      headers: [{ name: 'Subject', value: 'Hi' }],
      commonHeaders: { to: ['ada@example.org'] },
      tags: { 'ses:configuration-set': ['throughline'], ...tags },
    },
    ...about,
  },
})

const timestamp = '2026-11-21T12:00:07.123Z'
const base = { dispatch: 'dsp_1', message: 'order-reminder', messageId: '010001' }

const DELIVERY = event('Delivery', {
  delivery: {
    timestamp,
    processingTimeMillis: 7123,
    recipients: ['ada@example.org'],
    smtpResponse: '250 ok',
    reportingMTA: 'a.example',
  },
})
const CLICK = (link: string, isBotEvent = 'Unlikely', at = timestamp) =>
  event('Click', { click: { timestamp: at, ipAddress: '192.0.2.1', userAgent: 'x', link, linkTags: null, isBotEvent } })
const OPEN = (isBotEvent?: string) =>
  event('Open', { open: { timestamp, ipAddress: '192.0.2.1', userAgent: 'x', ...(isBotEvent && { isBotEvent }) } })

const one = (given: unknown) => emailFeedback(given)?.[0]

describe('emailFeedback', () => {
  it('makes a touchpoint that any app could have sent', () => {
    const feedback = one(DELIVERY)
    expect(feedback).toEqual({
      id: expect.stringMatching(/^fbk_[\w-]{32}$/),
      type: 'message.delivered',
      occurredAt: timestamp,
      channel: 'email',
      direction: 'in',
      identifiers: { customerId: 'cus_1', email: 'ada@example.org' },
      properties: base,
    })
    expect(IncomingTouchpoint.safeParse(feedback).success).toBe(true)
  })

  it.each([
    ['Open', OPEN(), 'message.opened', base],
    ['Open by a scanner', OPEN('Likely'), 'message.opened', { ...base, bot: true }],
    ['Click', CLICK('https://kaffi.example/'), 'message.clicked', { ...base, link: 'https://kaffi.example/' }],
    [
      'Bounce, permanent',
      event('Bounce', {
        bounce: {
          timestamp,
          bounceType: 'Permanent',
          bounceSubType: 'NoEmail',
          feedbackId: 'f',
          bouncedRecipients: [
            { emailAddress: 'ada@example.org', action: 'failed', status: '5.1.1', diagnosticCode: 'smtp; 550' },
          ],
        },
      }),
      'message.bounced',
      { ...base, reason: 'Permanent/NoEmail', permanent: true },
    ],
    [
      'Bounce, transient',
      event('Bounce', {
        bounce: { timestamp, bounceType: 'Transient', bounceSubType: 'MailboxFull', bouncedRecipients: [] },
      }),
      'message.bounced',
      { ...base, reason: 'Transient/MailboxFull', permanent: false },
    ],
    [
      'Complaint',
      event('Complaint', {
        complaint: {
          timestamp,
          complainedRecipients: [{ emailAddress: 'ada@example.org' }],
          feedbackId: 'f',
          complaintSubType: null,
          complaintFeedbackType: 'abuse',
        },
      }),
      'message.complained',
      { ...base, reason: 'abuse' },
    ],
    [
      'Complaint without a kind',
      event('Complaint', { complaint: { timestamp } }),
      'message.complained',
      { ...base, reason: 'unknown' },
    ],
    [
      'Reject',
      event('Reject', { reject: { reason: 'Bad content' } }),
      'message.failed',
      { ...base, reason: 'Bad content' },
    ],
    [
      'Rendering Failure',
      event('Rendering Failure', { failure: { errorMessage: 'no variable', templateName: 't' } }),
      'message.failed',
      { ...base, reason: 'no variable' },
    ],
  ])('reads %s', (_, given, type, properties) => {
    const feedback = one(given)
    expect(feedback).toMatchObject({ type, properties })
    expect(IncomingTouchpoint.safeParse(feedback).success).toBe(true)
  })

  it('takes the time of the event where the fact has none', () => {
    expect(one(event('Reject', { reject: { reason: 'Bad content' } }))?.occurredAt).toBe('2026-11-21T12:00:09.000Z')
  })

  it.each(['Send', 'DeliveryDelay', 'Subscription'])('has nothing to say about %s', (eventType) => {
    expect(emailFeedback(event(eventType, {}))).toEqual([])
  })

  it.each([[{}], [null], ['text'], [{ source: 'aws.ses', time: 'x', detail: { eventType: 'Open' } }]])(
    'does not know %j',
    (given) => {
      expect(emailFeedback(given)).toBeUndefined()
    },
  )

  it('gives the same fact the same id, however often and late it is reported', () => {
    expect(one({ ...DELIVERY, id: 'another', time: '2026-11-22T00:00:00Z' })?.id).toBe(one(DELIVERY)?.id)
    expect(one(CLICK('https://a.example/', 'Unlikely', '2026-11-22T00:00:00.000Z'))?.id).toBe(
      one(CLICK('https://a.example/'))?.id,
    )
  })

  it('tells facts apart that are not the same', () => {
    const facts = [
      DELIVERY,
      OPEN(),
      OPEN('Likely'),
      CLICK('https://a.example/'),
      CLICK('https://b.example/'),
      CLICK('https://a.example/', 'Likely'),
    ]
    expect(new Set(facts.map((fact) => one(fact)?.id)).size).toBe(facts.length)
  })

  it('does not take the spelling that mail servers have for her address', () => {
    const delivery = structuredClone(DELIVERY)
    delivery.detail.mail.destination = ['ada@xn--kffi-qoa.example']
    expect(one(delivery)?.identifiers).toEqual({ customerId: 'cus_1' })
  })

  it('copes without tags of ours', () => {
    expect(one(event('Delivery', { delivery: { timestamp } }, {}))).toMatchObject({
      identifiers: { email: 'ada@example.org' },
      properties: { messageId: '010001' },
    })
  })
})
