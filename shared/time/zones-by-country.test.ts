import { describe, expect, it } from 'vitest'
import { isZone } from './zones.ts'
import { zonesOfCountry } from './zones-by-country.ts'

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const COUNTRIES = LETTERS.flatMap((one) => LETTERS.map((other) => one + other)).filter(
  (country) => zonesOfCountry(country).length > 0,
)

describe('zonesOfCountry', () => {
  it('knows the zones of all countries, and the runtime knows the zones', () => {
    expect(COUNTRIES).toHaveLength(247)
    const zones = COUNTRIES.flatMap(zonesOfCountry)
    expect(zones).toHaveLength(418)
    expect(zones.filter((zone) => !isZone(zone))).toEqual([])
  })

  it.each([
    ['DK', ['Europe/Copenhagen']],
    ['NZ', ['Pacific/Auckland', 'Pacific/Chatham']],
    ['XX', []],
    ['dk', []],
    ['', []],
  ])('says of %s: %j', (country, zones) => {
    expect(zonesOfCountry(country)).toEqual(zones)
  })
})
