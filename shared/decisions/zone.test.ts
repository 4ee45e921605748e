import { describe, expect, it } from 'vitest'
import { aProfile } from '#test/builders/a-touchpoint.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Json } from '../world/table.ts'
import { describeZones, whereaboutsOf, zoneOf } from './zone.ts'

const BRAND = { defaultZone: 'Europe/Copenhagen', defaultCountry: 'DK' }

interface Her {
  readonly phone?: string
  readonly timeZone?: Json
  readonly country?: Json
  readonly locale?: Json
}

const her = ({ phone, ...traits }: Her): Profile =>
  aProfile({
    traits: Object.fromEntries(Object.entries(traits).map(([name, value]) => [name, [value, 0]])),
    ...(phone === undefined ? {} : { identifiers: { phone: [[phone, 0]] } }),
  })

const NEW_YORK = '+12125550123'
const STOCKHOLM = '+46701234567'

describe('whereaboutsOf', () => {
  it.each<[string, Her, string, string]>([
    ['her own', { timeZone: 'America/New_York', phone: STOCKHOLM }, 'America/New_York', 'her trait timeZone'],
    ['her number’s', { phone: STOCKHOLM }, 'Europe/Stockholm', 'her phone number'],
    ['her country’s', { country: 'SE' }, 'Europe/Stockholm', 'her trait country'],
    ['her locale’s', { locale: 'sv-SE' }, 'Europe/Stockholm', 'her trait locale'],
    ['her locale’s as phones write it', { locale: 'sv_SE' }, 'Europe/Stockholm', 'her trait locale'],
    ['her number’s before her country’s', { phone: STOCKHOLM, country: 'FI' }, 'Europe/Stockholm', 'her phone number'],
    [
      'her country’s, where her number has many',
      { phone: NEW_YORK, country: 'SE' },
      'Europe/Stockholm',
      'her trait country',
    ],
    [
      'her number’s, where her zone is none',
      { timeZone: 'New York', phone: STOCKHOLM },
      'Europe/Stockholm',
      'her phone number',
    ],
    [
      'her number’s, where her zone is an offset',
      { timeZone: '+02:00', phone: STOCKHOLM },
      'Europe/Stockholm',
      'her phone number',
    ],
    [
      'her number’s, where she took her zone back',
      { timeZone: null, phone: STOCKHOLM },
      'Europe/Stockholm',
      'her phone number',
    ],
    ['the brand’s, where we know nothing', {}, 'Europe/Copenhagen', 'the brand’s zone'],
    ['the brand’s, where her locale has many', { locale: 'en-US' }, 'Europe/Copenhagen', 'the brand’s zone'],
    ['the brand’s, where her country is a name', { country: 'Sweden' }, 'Europe/Copenhagen', 'the brand’s zone'],
    ['the brand’s, where her country is none', { country: 'XX' }, 'Europe/Copenhagen', 'the brand’s zone'],
  ])('finds the zone: %s', (_which, known, zone, by) => {
    expect(whereaboutsOf(her(known), BRAND)).toMatchObject({ zones: [zone], by })
  })

  it.each<[string, Her, number]>([
    ['of her number’s country', { phone: NEW_YORK }, 29],
    ['of her country', { country: 'US' }, 29],
    ['of both, where they differ', { phone: NEW_YORK, country: 'CA' }, 52],
    ['whatever her locale says', { phone: NEW_YORK, locale: 'sv-SE' }, 29],
  ])('keeps all zones %s', (_which, known, count) => {
    expect(whereaboutsOf(her(known), BRAND).zones).toHaveLength(count)
  })

  it('puts the brand’s zone first among those that may be hers', () => {
    expect(zoneOf(her({ country: 'AU' }), { ...BRAND, defaultZone: 'Australia/Sydney' })).toBe('Australia/Sydney')
    expect(zoneOf(her({ country: 'AU' }), BRAND)).toBe('Australia/Lord_Howe')
  })

  it.each<[string, Her, string]>([
    ['hers', { country: 'US', phone: STOCKHOLM }, 'US'],
    ['her number’s', { phone: NEW_YORK }, 'US'],
    ['the brand’s, where hers is in small letters', { country: 'us' }, 'DK'],
    ['the brand’s, where we know nothing', {}, 'DK'],
  ])('finds the country: %s', (_which, known, country) => {
    expect(whereaboutsOf(her(known), BRAND).country).toBe(country)
  })
})

describe('describeZones', () => {
  it('says one, two, or how many', () => {
    expect(describeZones(['Europe/Paris'], 'her phone number')).toBe('Europe/Paris, by her phone number')
    expect(describeZones(['Europe/Berlin', 'Europe/Busingen'], 'her country')).toBe(
      'Europe/Berlin or Europe/Busingen, by her country',
    )
    expect(describeZones(['A', 'B', 'C'], 'her country')).toBe('A or one of 2 others, by her country')
  })
})
