import { describe, expect, it } from 'vitest'
import { IDENTIFIER_KINDS, Identifiers, listIdentifiers } from './identifiers.ts'

describe('Identifiers', () => {
  it.each([
    ['email', ' Ada@Example.ORG ', 'ada@example.org'],
    ['email', 'ada+news@sub.example.org', 'ada+news@sub.example.org'],
    ['phone', '+46 70-123 45 67', '+46701234567'],
    ['phone', '+45 20 12 34 56', '+4520123456'],
    ['phone', '+1 (212) 555-0100', '+12125550100'],
    ['phone', '+4520123456', '+4520123456'],
    ['userId', ' Ada ', 'Ada'],
    ['loyaltyCard', '0017', '0017'],
  ] as const)('has one form for each %s: %j', (kind, written, one) => {
    expect(Identifiers.parse({ [kind]: written })).toEqual({ [kind]: one })
  })

  it.each([
    ['email', 'ada'],
    ['email', 'ada@'],
    ['email', 'ada@b@example.org'],
    ['email', 'Ada <ada@example.org>'],
    ['phone', '20123456'],
    ['phone', '+45'],
    ['phone', 'call me'],
    ['userId', ''],
    ['anonymousId', 'x'.repeat(257)],
  ] as const)('refuses the %s %j', (kind, written) => {
    expect(Identifiers.safeParse({ [kind]: written }).success).toBe(false)
  })
})

describe('listIdentifiers', () => {
  it('begins with the strongest, whatever the order they were given in', () => {
    const all = Object.fromEntries([...IDENTIFIER_KINDS].reverse().map((kind) => [kind, kind]))
    expect(listIdentifiers(all).map(({ kind }) => kind)).toEqual(IDENTIFIER_KINDS)
  })

  it('leaves out what is not given', () => {
    expect(listIdentifiers({ email: undefined, userId: 'ada' })).toEqual([{ kind: 'userId', value: 'ada' }])
  })
})
