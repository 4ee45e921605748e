import { describe, expect, it } from 'vitest'
import { receiveFeedback } from '#shared/recording/doors/receive-feedback.ts'
import { anInbox, PHONE } from '#test/builders/an-inbox.ts'

const INBOUND = {
  originationNumber: PHONE,
  destinationNumber: '+4570000000',
  messageKeyword: 'KEYWORD',
  messageBody: 'My coffee was cold',
  inboundMessageId: 'in-1',
}

describe('what a customer writes to one of our numbers', () => {
  it('opens a conversation, however often the topic delivers it', async () => {
    const { system, only } = await anInbox()
    const message = { messageId: 'sqs-1', body: INBOUND, sentAt: system.clock.now() }
    expect(await receiveFeedback([message, { ...message, messageId: 'sqs-2' }], system.world)).toEqual([])
    await system.clock.advance(0)
    expect(await only()).toMatchObject({ channel: 'sms', preview: 'My coffee was cold' })
  })
})
