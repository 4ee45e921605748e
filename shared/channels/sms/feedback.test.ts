import { describe, expect, it } from 'vitest'
import { IncomingTouchpoint } from '../../touchpoints/touchpoint.ts'
import { smsAnswer, smsFeedback } from './feedback.ts'

/** An event as End User Messaging documents it. */
const event = (eventType: string, changes: object = {}) => ({
  source: 'aws.sms-voice',
  'detail-type': 'Text Message Delivery Status Updated',
  time: '2026-11-21T12:00:09Z',
  detail: {
    eventType,
    eventVersion: '1.0',
    eventTimestamp: 1_795_262_400_000,
    isFinal: true,
    originationPhoneNumber: '+12065550152',
    destinationPhoneNumber: '+14255550156',
    isoCountryCode: 'US',
    messageId: '862a8790-60c0-4430-9b2b-658bdea4ed0e',
    messageStatus: eventType.replace('TEXT_', ''),
    messageStatusDescription: 'Message has been accepted by phone carrier',
    context: { dispatch: 'dsp_1', customer: 'cus_1', message: 'order-reminder' },
    totalMessageParts: 1,
    ...changes,
  },
})

const one = (given: unknown) => smsFeedback(given)?.[0]
const base = { dispatch: 'dsp_1', message: 'order-reminder', messageId: '862a8790-60c0-4430-9b2b-658bdea4ed0e' }

describe('smsFeedback', () => {
  it('makes a touchpoint that any app could have sent', () => {
    const feedback = one(event('TEXT_DELIVERED'))
    expect(feedback).toEqual({
      id: expect.stringMatching(/^fbk_/),
      type: 'message.delivered',
      occurredAt: '2026-11-21T12:00:00.000Z',
      channel: 'sms',
      direction: 'in',
      identifiers: { customerId: 'cus_1', phone: '+14255550156' },
      properties: base,
    })
    expect(IncomingTouchpoint.safeParse(feedback).success).toBe(true)
  })

  it.each([
    ['TEXT_SUCCESSFUL', 'message.delivered', {}],
    ['TEXT_INVALID', 'message.bounced', { reason: 'invalid', permanent: true }],
    ['TEXT_CARRIER_BLOCKED', 'message.failed', { reason: 'carrier-blocked', permanent: false }],
    ['TEXT_TTL_EXPIRED', 'message.failed', { reason: 'ttl-expired', permanent: false }],
    ['TEXT_UNREACHABLE', 'message.failed', { reason: 'unreachable', permanent: false }],
  ])('reads %s', (eventType, type, properties) => {
    expect(one(event(eventType))).toMatchObject({ type, properties: { ...base, ...properties } })
  })

  it.each(['TEXT_QUEUED', 'TEXT_PENDING', 'TEXT_UNKNOWN'])('has nothing to say about %s', (eventType) => {
    expect(smsFeedback(event(eventType))).toEqual([])
  })

  it('waits for more after the carrier took it over, unless that is all there will be', () => {
    expect(smsFeedback(event('TEXT_SUCCESSFUL', { isFinal: false }))).toEqual([])
  })

  it('says once that a message was delivered, whoever says so first', () => {
    expect(one(event('TEXT_SUCCESSFUL'))?.id).toBe(one(event('TEXT_DELIVERED', { eventTimestamp: 1 }))?.id)
  })

  it('has only the provider’s id where the event brings neither context nor recipient', () => {
    const bare = one(event('TEXT_DELIVERED', { context: undefined, destinationPhoneNumber: undefined }))
    expect(bare).toMatchObject({ identifiers: {}, properties: { messageId: base.messageId } })
  })

  it.each([[{}], [null], [{ detail: { eventType: 'TEXT_DELIVERED' } }]])('does not know %j', (given) => {
    expect(smsFeedback(given)).toBeUndefined()
  })
})

describe('smsAnswer', () => {
  const payload = {
    originationNumber: '+14255550182',
    destinationNumber: '+12125550101',
    messageKeyword: 'JOIN',
    messageBody: 'Is it open?',
    inboundMessageId: 'cae173d2-66b9-564c-8309-21f858e9fb84',
    previousPublishedMessageId: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }

  it('makes a touchpoint of what she wrote', () => {
    const feedback = smsAnswer(payload, 1_795_262_400_000)
    expect(feedback).toEqual({
      id: expect.stringMatching(/^fbk_/),
      type: 'message.answered',
      occurredAt: '2026-11-21T12:00:00.000Z',
      channel: 'sms',
      direction: 'in',
      identifiers: { phone: '+14255550182' },
      properties: {
        text: 'Is it open?',
        to: '+12125550101',
        messageId: payload.inboundMessageId,
        answers: payload.previousPublishedMessageId,
      },
    })
    expect(IncomingTouchpoint.safeParse(feedback).success).toBe(true)
  })

  it('is the same touchpoint when it comes twice, and another for another message', () => {
    expect(smsAnswer(payload, 1)?.id).toBe(smsAnswer(payload, 2)?.id)
    expect(smsAnswer({ ...payload, inboundMessageId: 'other' }, 1)?.id).not.toBe(smsAnswer(payload, 1)?.id)
  })

  it('does not know anything else', () => {
    expect(smsAnswer({ text: 'hi' }, 1)).toBeUndefined()
  })
})
