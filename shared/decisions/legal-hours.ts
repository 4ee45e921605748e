import type { Hours, Purpose } from '../brand/purposes.ts'
import { zonesOfCountry } from '../time/zones-by-country.ts'
import { phoneCountry } from '../touchpoints/phone-country.ts'
import type { Answer, Candidate, Gate } from './gate.ts'
import { LAWS, type Law } from './laws.ts'
import { isWithin, nextOutside } from './local-hours.ts'
import { describeZones, isTold, type Whereabouts, whereaboutsOf } from './zone.ts'

/**
 * Marketing keeps the hours of the law, whatever the brand says: of the country that her number belongs to and of the
 * one that she lives in; of several laws the strictest. Where her zone is only inferred, all zones of the country count.
 */
export const legalHoursGate: Gate = (candidate) => {
  if (!candidate.purpose.needsConsent) return undefined
  let strictest: Answer
  for (const law of LAWS) {
    if (law.channel !== candidate.channel) continue
    for (const country of countriesOf(candidate).filter((one) => law.countries.includes(one))) {
      const answer = answerOf(law, country, candidate)
      if (answer !== undefined && (answer.until ?? Infinity) > (strictest?.until ?? 0)) strictest = answer
    }
  }
  return strictest
}

function countriesOf({ profile, brand, address }: Candidate): readonly string[] {
  const { country } = whereaboutsOf(profile, brand)
  const numbers = phoneCountry(address)
  return numbers === undefined || numbers === country ? [country] : [country, numbers]
}

function answerOf(law: Law, country: string, { now, profile, brand, purpose }: Candidate): Answer {
  const whereabouts = whereaboutsOf(profile, brand)
  const zones = isTold(whereabouts) ? whereabouts.zones : zonesOfCountry(country)
  const hours = hoursOf(law, country, purpose)
  if (!isWithin(now, hours, zones)) return undefined
  const morning = nextOutside(now, hours, zones)
  const detail = `${law.source}: not from ${hours.from} to ${hours.to}, ${describe(whereabouts, zones, country)}`
  return { code: 'legal-hours', detail, ...(morning === undefined ? {} : { until: morning }) }
}

function hoursOf({ forbidden, prudent }: Law, country: string, { quietHours }: Purpose): Hours {
  return quietHours === undefined || quietHours.countries[country] !== undefined ? forbidden : prudent
}

function describe(whereabouts: Whereabouts, zones: readonly string[], country: string): string {
  return describeZones(zones, isTold(whereabouts) ? whereabouts.by : `her country ${country}`)
}
