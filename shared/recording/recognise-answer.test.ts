import { describe, expect, it } from 'vitest'
import { aTouchpoint } from '#test/builders/a-touchpoint.ts'
import { recogniseAnswer } from './recognise-answer.ts'

const answered = (text: unknown, channel = 'sms') =>
  aTouchpoint({ type: 'message.answered', channel, properties: { text: text as string } })

describe('recogniseAnswer', () => {
  it.each([
    ['STOP', 'withdrawn'],
    [' stop. ', 'withdrawn'],
    ['Afmeld', 'withdrawn'],
    ['Start', 'given'],
  ])('makes of %j that everything by sms is %s', (text, state) => {
    expect(recogniseAnswer(answered(text)).consent).toMatchObject([{ purpose: '*', channel: 'sms', state }])
  })

  it.each([
    ['a sentence', answered("don't stop")],
    ['a question for help', answered('HELP')],
    ['no text', answered(undefined)],
    ['an email', answered('STOP', 'email')],
    ['another touchpoint', { ...answered('STOP'), type: 'message.opened' }],
  ])('leaves %s as it is', (_what, touchpoint) => {
    expect(recogniseAnswer(touchpoint)).toBe(touchpoint)
  })

  it('keeps the consent that came along', () => {
    const change = { purpose: 'offers', channel: 'email', state: 'given' } as const
    expect(recogniseAnswer({ ...answered('STOP'), consent: [change] }).consent).toHaveLength(2)
  })
})
