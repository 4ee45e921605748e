import { type Brand, readBrand } from '#shared/brand/brand.ts'

/** A small brand as a marketer writes it. */
export const BRAND_YAML = `
brand: Kaffi
senders:
  email: { name: Kaffi, address: hello@kaffi.example, reply to: care@kaffi.example }
  sms: { from: "+4570000000" }
  push: { icon: "https://kaffi.example/icon.png" }
look:
  logo: https://kaffi.example/logo.png
  colours: { primary: "#7b3f00", background: "#fff8f0" }
locales: [en, sv, da, nl]
zone: Europe/Copenhagen
country: DK
legal: { company: Kaffi ApS, address: "Vestergade 1, 1456 København K" }
facts:
  shop: https://kaffi.example/shop
  opening_hours: { weekdays: "7-19", weekend: "9-17" }
voice:
  form of address: { en: first name, sv: du }
  never: [cheap]
purposes:
  offers:
    consent: required
    channels: [push, email, sms]
    priority: 10
    caps:
      - { up to: 3, per: 1 day }
      - { up to: 1 time, per: 1 week, channel: sms }
    deadline: 2 days
  loyalty:
    consent: required
    channels: email
    quiet hours: { from: "20:00", to: "10:00" }
  service:
    consent: not needed
    channels: [push, sms, email]
    priority: 100
caps:
  - { up to: 4, per: 1 day }
quiet hours:
  from: "21:00"
  to: "09:00"
  countries:
    US: { from: "20:00", to: "09:00" }
teams: [care, care-leads]
conversations: { idle: 7 days }
`

const example = read(BRAND_YAML)

export function aBrand(overrides: Partial<Brand> = {}): Brand {
  return { ...example, ...overrides }
}

function read(yaml: string): Brand {
  const reading = readBrand('brand.yaml', yaml)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.document
}
