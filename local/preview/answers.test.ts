import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '#shared/time/duration.ts'
import { readAnswer, readAnswers } from './answers.ts'

const OPENED = { message: 'order-reminder', what: 'opened', text: undefined, after: 2 * HOUR }
const BOUGHT = { type: 'order.completed', channel: 'store', properties: { total: 40 }, after: 3 * DAY }

describe('an answer', () => {
  it.each([
    ['order-reminder: opened after 2 hours', OPENED],
    [
      'order-reminder: answered "Yes, please" after 1 hour',
      { ...OPENED, what: 'answered', text: 'Yes, please', after: HOUR },
    ],
    ['order.completed on store after 3 days {total: 40}', BOUGHT],
    [
      'order.completed after 1 hour 30 minutes',
      { type: 'order.completed', channel: undefined, properties: {}, after: 1.5 * HOUR },
    ],
  ])('%s', (text, answer) => {
    expect(readAnswer(text)).toEqual(answer)
  })

  it.each([
    ['order-reminder: ate after 2 hours', '"order-reminder: ate after 2 hours" says nothing that she does.'],
    ['order-reminder: opened after a while', '"order-reminder: opened after a while" does not say after how long.'],
    ['order.completed after 3 days {total', '"order.completed after 3 days {total" says nothing that she does.'],
    ['order.completed after 3 days {total: [}', '"order.completed after 3 days {total: [}" cannot be read'],
  ])('is refused: %s', (text, reason) => {
    expect(() => readAnswer(text)).toThrow(reason)
  })

  it('may stand in a list, as YAML reads it', () => {
    const yaml = '- order-reminder: opened after 2 hours\n- order.completed on store after 3 days {total: 40}\n'
    expect(readAnswers(yaml)).toEqual([OPENED, BOUGHT])
    expect(() => readAnswers('order-reminder: opened after 2 hours')).toThrow('The answers are a list')
  })
})
