import { describe, expect, it } from 'vitest'
import { describeReason, describeReasonWithChannel } from './decision.ts'

describe('describeReason', () => {
  it('is one sentence', () => {
    expect(describeReason({ code: 'no-consent' })).toBe('She has not allowed this purpose on this channel.')
  })

  it('says what it was about, inside the sentence', () => {
    expect(describeReason({ code: 'frequency-cap', detail: '3 in 1 day' })).toBe(
      'She has had as many messages as she should get in this time (3 in 1 day).',
    )
  })
})

describe('describeReasonWithChannel', () => {
  it('begins with the channel, where it is about one', () => {
    expect(describeReasonWithChannel({ channel: 'sms', code: 'stopped' })).toMatch(/^sms: She told us/)
    expect(describeReasonWithChannel({ channel: '', code: 'deadline-passed' })).toMatch(/^It could not/)
  })
})
