import { getExampleNumber, type MetadataJson, parsePhoneNumberFromString } from 'libphonenumber-js/core'
import metadata from 'libphonenumber-js/min/metadata'
import examples from 'libphonenumber-js/mobile/examples'
import { describe, expect, it } from 'vitest'
import { withoutFormats } from '../../infra/short-phone-metadata.ts'

const short = withoutFormats(metadata)
const COUNTRIES = Object.keys(examples) as (keyof typeof metadata.countries)[]

function reading(text: string, from: MetadataJson) {
  const parsed = parsePhoneNumberFromString(text, from)
  return [text, parsed?.number, parsed?.country, parsed?.isPossible()]
}

describe('metadata of phone numbers without their national forms', () => {
  it('reads a number of every country as all of it does, however it was typed', () => {
    expect(COUNTRIES.length).toBeGreaterThan(200)
    for (const country of COUNTRIES) {
      const number = getExampleNumber(country, examples, metadata)!
      const { countryCallingCode: code, nationalNumber: rest } = number
      const typed = [
        number.number,
        number.formatInternational(),
        `+${code} (0)${rest}`,
        `+${code}0${rest}`,
        `+${code}${rest.slice(2)}`,
      ]
      for (const text of typed) expect(reading(text, short)).toEqual(reading(text, metadata))
    }
  })

  it('is less than half of it', () => {
    expect(JSON.stringify(short).length).toBeLessThan(JSON.stringify(metadata).length / 2)
  })
})
