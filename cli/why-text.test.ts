import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { whyText } from './why-text.ts'

describe('whyText', () => {
  it('gives the answer first, then what it rests on, in local time and each thing once', () => {
    const answer = 'She entered welcome, version 1, at 2026-03-10T10:00:00.000Z, and is in it still.'
    const text = whyText({
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
    })
    const lines = stripVTControlCharacters(text).split('\n')
    expect(lines.map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, 'THEN'))).toEqual([
      'She entered welcome, version 1, at THEN, and is in it still.',
      '',
      'welcome  enters by customer.signed-up',
      'THEN · customer.signed-up on app did not let her in: the journey’s "if" did not hold for her.',
      '      ✗ her plan is pro  it is free',
      'THEN » hello went out by sms.',
      '      sms: Nothing stood against it.',
    ])
  })
})
