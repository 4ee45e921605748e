import { describe, expect, it } from 'vitest'
import { guessKinds } from './guess-kinds.ts'

describe('guessKinds', () => {
  it.each([
    ['ada@example.org', ['email']],
    ['+4670 123-45 (67)', ['phone']],
    ['ada', ['userId', 'loyaltyCard', 'customerId', 'deviceId', 'anonymousId']],
    ['4670123456', ['userId', 'loyaltyCard', 'customerId', 'deviceId', 'anonymousId']],
    ['+ada', ['userId', 'loyaltyCard', 'customerId', 'deviceId', 'anonymousId']],
  ])('takes %s for %j', (text, kinds) => {
    expect(guessKinds(text)).toEqual(kinds)
  })
})
