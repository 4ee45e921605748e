import { describe, expect, it } from 'vitest'
import { phoneCountry } from './phone-country.ts'

describe('phoneCountry', () => {
  it.each([
    ['+4520123456', 'DK'],
    ['+12125550123', 'US'],
    ['+14165550123', 'CA'],
    ['+17875551234', 'PR'],
    ['+8821234567', undefined],
    ['token', undefined],
  ])('of %s is %s, also when it is asked again', (phone, country) => {
    expect(phoneCountry(phone)).toBe(country)
    expect(phoneCountry(phone)).toBe(country)
  })
})
