import { describe, expect, it } from 'vitest'
import { aProfile } from '#test/builders/a-touchpoint.ts'
import type { Json } from '../world/table.ts'
import { countryOf, zoneOf } from './zone.ts'

const BRAND = { defaultZone: 'Europe/Copenhagen', defaultCountry: 'DK' }
const having = (name: string, value: Json) => aProfile({ traits: { [name]: [value, 0] } })

describe('zoneOf', () => {
  it.each([
    ['her own', 'America/New_York', 'America/New_York'],
    ['the brand’s, where hers is none', 'New York', 'Europe/Copenhagen'],
    ['the brand’s, where hers is an offset', '+02:00', 'Europe/Copenhagen'],
    ['the brand’s, where hers is no text', 60, 'Europe/Copenhagen'],
    ['the brand’s, where she took it back', null, 'Europe/Copenhagen'],
  ])('is %s', (_which, trait, zone) => {
    expect(zoneOf(having('timeZone', trait), BRAND)).toBe(zone)
  })

  it('is the brand’s, where we know nothing', () => {
    expect(zoneOf(aProfile(), BRAND)).toBe('Europe/Copenhagen')
  })
})

describe('countryOf', () => {
  it.each([
    ['her own', 'US', 'US'],
    ['the brand’s, where hers is a name', 'United States', 'DK'],
    ['the brand’s, where hers is in small letters', 'us', 'DK'],
  ])('is %s', (_which, trait, country) => {
    expect(countryOf(having('country', trait), BRAND)).toBe(country)
  })
})
