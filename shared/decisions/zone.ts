import type { Brand } from '../brand/brand.ts'
import { type Profile, traitOf } from '../profiles/profile.ts'
import { isZone } from '../time/zones.ts'

/** Her time zone: the trait `timeZone` where it names one, else the brand's. */
export function zoneOf(profile: Profile, { defaultZone }: Pick<Brand, 'defaultZone'>): string {
  const zone = traitOf(profile, 'timeZone')
  return typeof zone === 'string' && isZone(zone) ? zone : defaultZone
}

/** ISO 3166: the trait `country`, else the brand's. */
export function countryOf(profile: Profile, { defaultCountry }: Pick<Brand, 'defaultCountry'>): string {
  const country = traitOf(profile, 'country')
  return typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : defaultCountry
}
