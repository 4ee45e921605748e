import type { Brand } from '../brand/brand.ts'
import { identifierOf, type Profile, traitOf } from '../profiles/profile.ts'
import { isZone } from '../time/zones.ts'
import { zonesOfCountry } from '../time/zones-by-country.ts'
import { phoneCountry } from '../touchpoints/phone-country.ts'

/** Where she is, as far as we know. */
export interface Whereabouts {
  /** Each may be hers; never empty. */
  readonly zones: readonly string[]
  /** ISO 3166. */
  readonly country: string
  /** What told us the zones. */
  readonly by: string
}

const BY_TRAIT = 'her trait timeZone'

type Defaults = Pick<Brand, 'defaultZone' | 'defaultCountry'>

/**
 * Her time zone: her trait `timeZone`; else that of the country of her phone number, of her trait `country` or of her
 * locale, the first of them that has one zone only; else all zones of the countries that the first two name; else the
 * brand's. What names no zone or no country is passed over.
 */
export function whereaboutsOf(profile: Profile, brand: Defaults): Whereabouts {
  const phone = identifierOf(profile, 'phone')
  const numbers = phone === undefined ? undefined : phoneCountry(phone)
  const own = countryTrait(profile)
  const country = own ?? numbers ?? brand.defaultCountry
  const zone = traitOf(profile, 'timeZone')
  if (typeof zone === 'string' && isZone(zone)) return { zones: [zone], country, by: BY_TRAIT }
  const evidence = [
    { by: 'her phone number', zones: zonesOfCountry(numbers ?? '') },
    { by: 'her trait country', zones: zonesOfCountry(own ?? '') },
  ].filter(({ zones }) => zones.length > 0)
  const certain = evidence.find(({ zones }) => zones.length === 1)
  if (certain !== undefined) return { ...certain, country }
  if (evidence.length > 0) {
    const zones = [...new Set(evidence.flatMap((one) => one.zones))]
    return { zones: withFirst(zones, brand.defaultZone), country, by: evidence.map(({ by }) => by).join(' and ') }
  }
  const region = zonesOfCountry(regionOf(traitOf(profile, 'locale')) ?? '')
  if (region.length === 1) return { zones: region, country, by: 'her trait locale' }
  return { zones: [brand.defaultZone], country, by: 'the brand’s zone' }
}

/** The zone that times in a message are written in: of several that may be hers the brand's, or else one of them. */
export function zoneOf(profile: Profile, brand: Defaults): string {
  return whereaboutsOf(profile, brand).zones[0] ?? brand.defaultZone
}

/** True when she, or an app of ours, has told us the zone: nothing was inferred. */
export function isTold({ by }: Whereabouts): boolean {
  return by === BY_TRAIT
}

/** `Europe/Copenhagen, by her phone number`. */
export function describeZones(zones: readonly string[], by: string): string {
  const [first = '', ...others] = zones
  const rest = others.length === 1 ? ` or ${others[0]}` : ` or one of ${others.length} others`
  return `${first}${others.length === 0 ? '' : rest}, by ${by}`
}

function countryTrait(profile: Profile): string | undefined {
  const country = traitOf(profile, 'country')
  return typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? country : undefined
}

/** `SE` of `sv-SE` or `sv_SE`. */
function regionOf(locale: unknown): string | undefined {
  return typeof locale === 'string' ? /[-_]([A-Z]{2})\b/.exec(locale)?.[1] : undefined
}

function withFirst(zones: readonly string[], first: string): readonly string[] {
  return zones.includes(first) ? [first, ...zones.filter((zone) => zone !== first)] : zones
}
