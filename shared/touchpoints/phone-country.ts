import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** Numbers remembered with their country: looking one up takes 30 µs, and a broadcast asks for many. */
const MOST_REMEMBERED = 10_000

const remembered = new Map<string, string | undefined>()

/** The country (ISO 3166) that an international number belongs to; undefined where it belongs to none. */
export function phoneCountry(phone: string): string | undefined {
  if (remembered.has(phone)) return remembered.get(phone)
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  const country = parsePhoneNumberFromString(phone)?.country
  remembered.set(phone, country)
  return country
}
