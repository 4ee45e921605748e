import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { whyText } from './why-text.ts'

describe('whyText', () => {
  it('gives the answer first, then what it rests on, in local time and each thing once', () => {
    const answer = 'She entered welcome, version 1, at 2026-03-10T10:00:00.000Z, and is in it still.'
    const text = whyText(
      {
        customer: 'cus_ada',
        about: 'journey',
        name: 'welcome',
        answer,
        journeys: [
          {
            journey: 'welcome',
            answer,
            entersBy: 'customer.signed-up',
            entries: [
              {
                at: '2026-03-09T10:00:00.000Z',
                entered: false,
                text: 'customer.signed-up on app did not let her in: the journey’s "if" did not hold for her.',
                explanation: { line: 'her plan is pro', held: false, seen: 'free' },
              },
            ],
            runs: [
              {
                enrolment: 'e1',
                at: '2026-03-10T10:00:00.000Z',
                text: answer,
                messages: [
                  {
                    ...{ at: '2026-03-10T10:00:00.000Z', dispatch: 'd1', message: 'hello', step: 's', state: 'sent' },
                    ...{ text: 'hello went out by sms.', because: ['sms: Nothing stood against it.'] },
                  },
                ],
              },
            ],
          },
        ],
      },
      Number.POSITIVE_INFINITY,
    )
    const lines = stripVTControlCharacters(text).split('\n')
    expect(lines.map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, 'THEN'))).toEqual([
      'She entered welcome, version 1, at THEN, and is in it still.',
      '',
      'welcome  enters on customer.signed-up',
      'THEN · customer.signed-up on app did not let her in: the journey’s "if" did not hold for her.',
      '      ✗ her plan is pro  it is free',
      'THEN » hello went out by sms.',
      '      sms: Nothing stood against it.',
    ])
  })

  it('keeps to the width of the terminal, with what belongs together below each other', () => {
    const text = whyText(
      {
        customer: 'cus_ada',
        about: 'message',
        name: 'hello',
        answer: 'hello was not sent. sms: She has not allowed this purpose on this channel.',
        journeys: [
          { journey: 'spring', answer: '', entersBy: '2026-12-20 10:00, to gardeners', entries: [], runs: [] },
          {
            journey: 'welcome',
            answer: '',
            entersBy: 'customer.signed-up',
            entries: [{ at: '2026-03-09T10:00:00.000Z', entered: true, text: 'customer.signed-up on app let her in.' }],
            runs: [],
          },
        ],
      },
      40,
    )
    const lines = stripVTControlCharacters(text).split('\n')
    expect(lines.map((line) => line.replace(/^\d{4}-\d\d-\d\d \d\d:\d\d /, 'THEN             '))).toEqual([
      'hello was not sent. sms: She has not',
      'allowed this purpose on this channel.',
      '',
      'spring  enters on 2026-12-20 10:00, to gardeners',
      'Nothing of hers has asked for it.',
      '',
      'welcome  enters on customer.signed-up',
      'THEN             → customer.signed-up on',
      '                   app let her in.',
    ])
  })
})
