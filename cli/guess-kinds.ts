import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'

/** The kinds of identifier that a text may be, the likeliest first. */
export function guessKinds(text: string): readonly IdentifierKind[] {
  if (text.includes('@')) return ['email']
  if (/^\+[\d\s().-]+$/.test(text)) return ['phone']
  return ['userId', 'loyaltyCard', 'customerId', 'deviceId', 'anonymousId']
}
