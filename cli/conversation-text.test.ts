import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { ConversationView } from '#shared/insights/conversation-view.ts'
import { conversationText } from './conversation-text.ts'
import { moment } from './moment.ts'

const AT = '2026-11-21T19:47:03.000Z'

const VIEW: ConversationView = {
  id: 'cnv_1',
  customer: 'cus_1',
  state: 'waiting',
  team: 'care',
  agent: 'Bo',
  channel: 'sms',
  preview: 'please stop',
  openedAt: AT,
  since: { lastContactAt: AT, facts: [{ at: AT, text: 'order.completed on store, 2 times' }] },
  by: 'message',
  earlier: undefined,
  mayMeanStop: true,
  words: [
    { at: AT, from: 'her', channel: 'sms', text: 'please\nstop' },
    { at: AT, from: 'us', by: 'Bo', channel: 'sms', text: 'Of course', state: 'delivered' },
    { at: AT, from: 'us', by: 'Bo', channel: 'sms', text: 'Right away', state: 'uncertain' },
    { at: AT, from: 'note', by: 'Cy', text: 'A regular' },
  ],
  her: {
    identifiers: { phone: ['+4520123456'] },
    traits: {},
    consent: [{ purpose: 'offers', channel: 'sms', state: 'withdrawn', since: AT }],
    journeys: [],
    language: 'da',
    mutesMarketing: true,
  },
  voice: { formOfAddress: 'du', never: ['cheap'] },
}

const lines = (view: ConversationView): readonly string[] =>
  stripVTControlCharacters(conversationText(view, Number.POSITIVE_INFINITY)).split('\n')

describe('conversationText', () => {
  it('says who waits, what has happened, and what was said', () => {
    expect(lines(VIEW)).toEqual([
      'Conversation  cnv_1',
      'State         waits for us, marketing is mute',
      'Team          care',
      'Agent         Bo',
      `Opened        ${moment(AT)} by her message`,
      'Customer      cus_1',
      'Known by      phone +4520123456',
      'Reads         da',
      'Consent       not offers by sms',
      'Address her   du',
      'Never say     cheap',
      `Last contact  ${moment(AT)}`,
      '',
      'Since then',
      `  ${moment(AT)} order.completed on store, 2 times`,
      '',
      'Said',
      `  ${moment(AT)} she, sms  please stop`,
      `  ${moment(AT)} Bo, sms  Of course`,
      `  ${moment(AT)} Bo, sms (uncertain)  Right away`,
      `  ${moment(AT)} note by Cy  A regular`,
      '',
      'She may want to get no more messages: ask, and tell her to write STOP.',
    ])
  })

  it('says when and why it was closed', () => {
    const closed = { ...VIEW, state: 'closed', closedAt: AT, closedBy: 'Bo', reason: 'solved' } as const
    expect(lines(closed)).toContain(`Closed        ${moment(AT)}, Bo, solved`)
  })
})
