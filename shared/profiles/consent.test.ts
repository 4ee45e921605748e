import { describe, expect, it } from 'vitest'
import { consentState, foldConsent } from './consent.ts'

const given = { channel: 'sms', state: 'given' } as const
const withdrawn = { channel: 'sms', state: 'withdrawn' } as const

describe('consent given and withdrawn at the same instant', () => {
  it.each([
    ['for one purpose', 'offers'],
    ['for all of them', '*'],
  ])('is withdrawn: %s', (_what, purpose) => {
    const changes = [
      { ...withdrawn, purpose },
      { ...given, purpose: 'offers' },
    ]
    for (const order of [changes, changes.toReversed()])
      expect(consentState(foldConsent({}, order, 5), 'offers', 'sms')).toBe('withdrawn')
  })
})

describe('consentState', () => {
  it('is none where nothing was said', () => {
    expect(consentState({}, 'offers', 'sms')).toBe('none')
    expect(consentState({ '*/sms': ['given', 1] }, 'offers', 'sms')).toBe('none')
  })

  it('is what she says of a purpose after she stopped everything', () => {
    const consent = { '*/sms': ['withdrawn', 1], 'offers/sms': ['given', 2] } as const
    expect(consentState(consent, 'offers', 'sms')).toBe('given')
    expect(consentState(consent, 'loyalty', 'sms')).toBe('withdrawn')
  })
})
