import { describe, expect, it } from 'vitest'
import { aBrand, BRAND_YAML } from '#test/builders/a-brand.ts'
import { describeProblem } from '../documents/document.ts'
import { DAY } from '../time/duration.ts'
import { readBrand } from './brand.ts'

/** What the reader says of the example with one line changed. */
function problemsWith(line: string, other: string): readonly string[] {
  expect(BRAND_YAML).toContain(line)
  const reading = readBrand('brand.yaml', BRAND_YAML.replace(line, other))
  return reading.ok ? [] : reading.problems.map(describeProblem)
}

describe('readBrand', () => {
  it('reads what all channels share', () => {
    expect(aBrand()).toMatchObject({
      name: 'Kaffi',
      senders: { email: { name: 'Kaffi', address: 'hello@kaffi.example', replyTo: 'care@kaffi.example' } },
      look: { colours: { primary: '#7b3f00' } },
      locales: ['en', 'sv', 'da', 'nl'],
      defaultZone: 'Europe/Copenhagen',
      defaultCountry: 'DK',
      facts: { opening_hours: { weekdays: '7-19' } },
      voice: { formOfAddress: { sv: 'du' }, never: ['cheap'] },
      caps: [{ upTo: 4, per: DAY }],
      teams: ['care', 'care-leads'],
      conversations: { idle: 7 * DAY },
    })
  })

  it('gives a purpose that needs consent the brand’s quiet hours', () => {
    const hours = { from: '21:00', to: '09:00', countries: { US: { from: '20:00', to: '09:00' } } }
    expect(aBrand().purposes.offers).toEqual({
      needsConsent: true,
      channels: ['push', 'email', 'sms'],
      priority: 10,
      caps: [
        { upTo: 3, per: DAY },
        { upTo: 1, per: 7 * DAY, channel: 'sms' },
      ],
      quietHours: hours,
      deadline: 2 * DAY,
    })
  })

  it('lets a purpose have quiet hours of its own', () => {
    expect(aBrand().purposes.loyalty).toMatchObject({
      channels: ['email'],
      quietHours: { from: '20:00', to: '10:00', countries: {} },
    })
  })

  it('gives a service purpose neither caps nor quiet hours', () => {
    const service = aBrand().purposes.service
    expect(service).toMatchObject({ needsConsent: false, caps: [] })
    expect(service?.quietHours).toBeUndefined()
  })

  it('starts from 21:00 to 09:00 where the brand says nothing', () => {
    const reading = readBrand('brand.yaml', BRAND_YAML.replace(/\nquiet hours:[\s\S]*?\nteams/, '\nteams'))
    expect(reading.ok && reading.document.purposes.offers?.quietHours).toEqual({
      from: '21:00',
      to: '09:00',
      countries: {},
    })
  })

  it.each([
    [
      'zone: Europe/Copenhagen',
      'zone: Copenhagen',
      'brand.yaml:11:1: zone: A zone is written as in "Europe/Copenhagen".',
    ],
    ['country: DK', 'country: Denmark', 'brand.yaml:12:1: country: A country is two capital letters, as in "DK".'],
    ['[en, sv, da, nl]', '[en, swedish_sv]', 'brand.yaml:10:15: locales.1: A locale is written as in "en" or "sv-SE".'],
    ['address: hello@kaffi.example', 'address: hello', 'An email address is written as in "hello@kaffi.example".'],
    ['from: "+4570000000"', 'from: "++45"', 'An SMS comes from a number such as'],
    ['primary: "#7b3f00"', 'primary: brown', 'A colour is written as in "#7b3f00", in quotes.'],
    ['opening_hours:', 'opening hours:', 'Messages use this name, so it has letters, digits and "_"'],
    ['consent: required', 'consent: maybe', '"maybe" is not one of: required, not needed.'],
    ['channels: [push, email, sms]', 'channels: [push, fax]', '"fax" is not one of: email, sms, push.'],
    ['up to: 3, per: 1 day', 'up to: many, per: 1 day', '"many" is not a count, as in "3 times".'],
    ['from: "20:00", to: "10:00"', 'from: "20:00", to: "20:00"', 'These hours are empty'],
    ['from: "20:00", to: "10:00"', 'from: 8pm, to: "20:00"', 'A time of day is written as in "09:00".'],
    ['teams: [care, care-leads]', 'team: [care]', '"team" is not known here.'],
    ['  sms: { from: "+4570000000" }\n', '', 'Nobody sends by sms: add it under "senders".'],
    ['name: Kaffi, address', 'name: "Kaffi\\r\\nBcc: x", address', 'This is one line.'],
  ])('refuses "%s" as "%s"', (line, other, problem) => {
    const problems = problemsWith(line, other)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.join('\n')).toContain(problem)
  })
})
