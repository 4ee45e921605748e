import { type Brand, readBrand } from '#shared/brand/brand.ts'
import { decide, type Question } from '#shared/decisions/decide.ts'
import { newProfile } from '#shared/profiles/profile.ts'

const DECISIONS = 200_000
const CUSTOMERS = 5_000
const MINUTE = 60_000

/** Most numbers have one zone; those of the USA have 29, and each of them is asked. */
const NUMBERS = ['+4520', '+4670', '+3161', '+4477', '+4917', '+1212']

const BRAND = `
brand: Kaffi
senders: { push: {} }
locales: [en]
zone: Europe/Copenhagen
country: DK
legal: { company: Kaffi ApS, address: "Torvet 1, 1000 København" }
purposes:
  offers: { consent: required, channels: push, caps: [{ up to: 3, per: 1 day }] }
`

/** Whole decisions about a marketing message, day and night, for customers whose zone is inferred from their numbers. */
export async function decisions(): Promise<Record<string, number>> {
  const brand = exampleBrand()
  const start = Date.now()
  const questions = Array.from({ length: CUSTOMERS }, (_, index) => questionOf(brand, index, start))
  const started = performance.now()
  let held = 0
  for (let index = 0; index < DECISIONS; index++) {
    const question = questions[index % CUSTOMERS] as Question // there are as many
    const now = start + index * MINUTE
    if (decide({ ...question, now, deadlineAt: now + 24 * 60 * MINUTE }).outcome === 'hold') held++
  }
  const decisionsPerSecond = DECISIONS / ((performance.now() - started) / 1_000)
  if (held < DECISIONS / 4)
    throw new Error(`Only ${held} of ${DECISIONS} were held; it should be night for half of them.`)
  return { decisionsPerSecond }
}

function exampleBrand(): Brand {
  const reading = readBrand('brand.yaml', BRAND)
  if (!reading.ok) throw new Error('The brand of the measure cannot be read.')
  return reading.document
}

function questionOf(brand: Brand, index: number, now: number): Question {
  const purpose = brand.purposes.offers
  if (purpose === undefined) throw new Error('The brand of the measure has offers.')
  const phone = `${NUMBERS[index % NUMBERS.length]}${5_550_000 + index}`
  const profile = {
    ...newProfile(`customer-${index}`, now),
    identifiers: { phone: [[phone, now]] },
    consent: { 'offers/push': ['given', now] },
  } as const
  const common = { brand, profile, purpose, purposeName: 'offers', priority: 0, dispatch: 'this', holds: 0 }
  const channels = ['push']
  return { ...common, now, deadlineAt: now, channels, provided: channels, written: channels, addressOn: () => 'token' }
}
