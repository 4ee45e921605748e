import { describe, expect, it } from 'vitest'
import { emailFeedback } from '#shared/channels/email/feedback.ts'
import type { Feedback } from '#shared/channels/feedback.ts'
import { smsAnswer, smsFeedback } from '#shared/channels/sms/feedback.ts'
import { whatsAppAnswers, whatsAppFeedback } from '#shared/channels/whatsapp/feedback.ts'
import { IncomingTouchpoint } from '#shared/touchpoints/touchpoint.ts'
import { EMAIL_REPORTS, EMAIL_TAGS } from './email-reports.ts'
import type { Report } from './report.ts'
import { INBOUND_TEXT, TEXT_REPORTS } from './text-reports.ts'
import {
  WHATSAPP_REPORTS,
  WHATSAPP_WORDLESS,
  WHATSAPP_WORDS,
  whatsAppNotice,
  whatsAppWords,
} from './whatsapp-reports.ts'

/* Every event that AWS documents, and the touchpoint that it is. */

type Reader = (event: unknown) => readonly Feedback[] | undefined

const { customer: _, ...EMAIL_TRACKED } = EMAIL_TAGS

const SERVICES: readonly (readonly [string, Reader, readonly Report[], common: object])[] = [
  [
    'SES',
    emailFeedback,
    EMAIL_REPORTS,
    {
      channel: 'email',
      identifiers: { customerId: 'cus_1', email: 'ada@example.org' },
      properties: { ...EMAIL_TRACKED, messageId: '0102-ses' },
    },
  ],
  [
    'End User Messaging SMS',
    smsFeedback,
    TEXT_REPORTS,
    {
      channel: 'sms',
      identifiers: { customerId: 'cus_1', phone: '+14255550156' },
      properties: { dispatch: 'dsp_1', message: 'order-reminder', messageId: '862a8790-60c0-4430-9b2b-658bdea4ed0e' },
    },
  ],
  [
    'End User Messaging Social',
    whatsAppFeedback,
    WHATSAPP_REPORTS,
    { channel: 'whatsapp', identifiers: {}, properties: { messageId: '4bee7d29-70f5-4a49-b84e-facf4424fe58' } },
  ],
]

describe.each(SERVICES)('%s', (_, read, reports, common) => {
  it.each(reports.filter(({ says }) => says !== undefined))('says by $name: $says.type', ({ event, says }) => {
    const feedback = read(event) ?? []
    const properties = { ...(common as { properties: object }).properties, ...says?.properties }
    expect(feedback).toEqual([{ direction: 'in', ...common, ...says, properties, id: expect.stringMatching(/^fbk_/) }])
    const identifiers = { customerId: 'cus_1', ...feedback[0]?.identifiers }
    expect(IncomingTouchpoint.safeParse({ ...feedback[0], identifiers }).error).toBeUndefined()
  })

  it.each(reports.filter(({ says }) => says === undefined))('says nothing by $name', ({ event }) => {
    expect(read(event)).toEqual([])
  })

  it('gives the same fact the same id when it is told again later, and each fact its own', () => {
    const facts = new Map<string, string>()
    for (const { event } of reports)
      for (const one of read(event) ?? []) {
        const again = read({ ...event, id: 'another', time: '2026-11-24T00:00:00Z' })?.[0]
        expect(again?.id).toBe(one.id)
        facts.set(one.id, `${one.type} ${one.properties.link ?? ''} ${one.properties.bot ?? ''}`)
      }
    expect(new Set(facts.values()).size).toBe(facts.size)
  })

  it.each(SERVICES.filter(([, other]) => other !== read))('does not take what %s says', (_, __, others) => {
    expect(others.map(({ event }) => read(event)?.length ?? 0)).toEqual(others.map(() => 0))
  })
})

describe('what she writes', () => {
  it('by SMS', () => {
    expect(smsAnswer(INBOUND_TEXT, 1_795_262_407_000)).toMatchObject({
      type: 'message.answered',
      channel: 'sms',
      identifiers: { phone: '+14255550156' },
      properties: { text: 'Is it still warm?', to: '+12065550152' },
    })
  })

  it.each(WHATSAPP_WORDS)('by WhatsApp: $type, $text', ({ type, content, text }) => {
    const answers = whatsAppAnswers(whatsAppWords(type, content)) ?? []
    expect(answers).toMatchObject([
      {
        type: 'message.answered',
        occurredAt: '2026-11-21T12:00:07.000Z',
        channel: 'whatsapp',
        identifiers: { phone: '+4520123456' },
        properties: { text, to: '+4570000000', messageId: expect.stringMatching(/^wamid/) },
      },
    ])
    expect(IncomingTouchpoint.safeParse(answers[0]).error).toBeUndefined()
  })

  it.each(WHATSAPP_WORDLESS)('is no word: $type', ({ type, content }) => {
    expect(whatsAppAnswers(whatsAppWords(type, content))).toEqual([])
  })

  it('by WhatsApp names the message that she answers', () => {
    const words = whatsAppWords('text', { text: { body: 'Yes' }, context: { from: '4570000000', id: 'wamid.ours' } })
    expect(whatsAppAnswers(words)?.[0]?.properties.answers).toBe('wamid.ours')
  })

  it('by WhatsApp is one touchpoint for each message', () => {
    const message = (id: string) => ({
      from: '4520123456',
      id,
      timestamp: '1795262407',
      type: 'text',
      text: { body: id },
    })
    const answers = whatsAppAnswers(whatsAppNotice({ messages: [message('wamid.1'), message('wamid.2')] }))
    expect(answers?.map(({ properties }) => properties.text)).toEqual(['wamid.1', 'wamid.2'])
  })

  it.each([
    ['a status, which EventBridge tells', whatsAppNotice({ statuses: [{ id: 'wamid.x', status: 'delivered' }] })],
    ['a template that was approved', whatsAppNotice({ event: 'APPROVED' }, 'message_template_status_update')],
  ])('is not %s', (_, notice) => {
    expect(whatsAppAnswers(notice)).toEqual([])
  })

  it.each([
    ['a message of another shape', whatsAppNotice({ messages: [{ from: '4520123456' }] })],
    ['an entry that is cut short', { ...whatsAppNotice({}), whatsAppWebhookEntry: '{"id":' }],
    ['an entry that is something else', { ...whatsAppNotice({}), whatsAppWebhookEntry: '"text"' }],
    ['something else', { text: 'hi' }],
  ])('is not known from %s', (_, notice) => {
    expect(whatsAppAnswers(notice)).toBeUndefined()
  })
})
