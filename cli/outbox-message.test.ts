import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { moment } from './moment.ts'
import { messageText, type OutboxMessage, previewOf } from './outbox-message.ts'

const AT = '2026-11-21T19:47:03.000Z'

const aMessage = (channel: string, content: OutboxMessage['content']): OutboxMessage => ({
  id: 'msg_1',
  at: AT,
  channel,
  to: 'ada@example.org',
  customer: 'cus_1',
  dispatch: 'dsp_1',
  content,
})

describe('previewOf', () => {
  it.each([
    [{ subject: 'Hello', text: 'Long' }, 'Hello'],
    [{ title: 'Your order', body: 'It waits' }, 'Your order'],
    [{ from: '+45', text: 'Your order waits' }, 'Your order waits'],
    [{}, ''],
  ])('of %j is %j', (content, preview) => {
    expect(previewOf(aMessage('email', content))).toBe(preview)
  })
})

describe('messageText', () => {
  it('shows an email with its head and its plain text', () => {
    const content = {
      from: { name: 'Kaffi', address: 'hello@kaffi.example' },
      subject: 'Hello',
      text: 'One.\n\nTwo.\n',
    }
    expect(stripVTControlCharacters(messageText(aMessage('email', content), 80))).toBe(
      [
        'Message   msg_1',
        `Sent      ${moment(AT)} by email`,
        'From      Kaffi <hello@kaffi.example>',
        'To        ada@example.org',
        'Customer  cus_1',
        'Dispatch  dsp_1',
        'Subject   Hello',
        '',
        'One.\n\nTwo.\n',
      ].join('\n'),
    )
  })

  it('shows what a notification opens and carries', () => {
    const content = { title: 'Your order', body: 'It waits.', link: 'kaffi://cart', data: { order: 'o-1' } }
    const text = stripVTControlCharacters(messageText(aMessage('push', content), 80))
    expect(text).toContain('Opens     kaffi://cart\nData      order o-1\n\nIt waits.')
  })
})
