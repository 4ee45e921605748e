import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import * as z from 'zod'

/** From the strongest to the weakest; `customerId` is ours, for what we send out and get back ourselves. */
export const IDENTIFIER_KINDS = [
  'customerId',
  'userId',
  'loyaltyCard',
  'email',
  'phone',
  'deviceId',
  'anonymousId',
] as const

export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number]

/** The kinds that stand in the store, since a customer's own id needs no row. */
export type StoredKind = Exclude<IdentifierKind, 'customerId'>

/** A customer has one of each of these at a time: two values mean two people. */
export const PERSONAL_KINDS: readonly StoredKind[] = ['userId', 'loyaltyCard', 'email', 'phone']

const value = z
  .string()
  .trim()
  .min(1, 'An identifier is not empty.')
  .max(256, 'An identifier has at most 256 characters.')

const email = value
  .toLowerCase()
  .regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, 'An email address is written as in "ada@example.org".')

const E164 = /^\+[1-9]\d{6,14}$/

const phone = value.transform((text, context) => {
  if (E164.test(text)) return text
  const parsed = parsePhoneNumberFromString(text)
  if (parsed?.isPossible()) return parsed.number as string
  context.addIssue({ code: 'custom', message: 'A phone number is international, as in "+46701234567".' })
  return z.NEVER
})

/** What a channel knows her by, in the one form in which we compare it. */
export const Identifiers = z
  .strictObject({
    customerId: value.optional(),
    userId: value.optional(),
    loyaltyCard: value.optional(),
    email: email.optional(),
    phone: phone.optional(),
    deviceId: value.optional(),
    anonymousId: value.optional(),
  })
  .refine((identifiers) => Object.values(identifiers).some((given) => given !== undefined), {
    message: `Give at least one of ${IDENTIFIER_KINDS.slice(1).join(', ')}.`,
  })

export type Identifiers = z.infer<typeof Identifiers>

export interface Identifier {
  readonly kind: IdentifierKind
  readonly value: string
}

/** The identifiers of an event, the strongest first. */
export function listIdentifiers(identifiers: Identifiers): readonly Identifier[] {
  const list: Identifier[] = []
  for (const kind of IDENTIFIER_KINDS) {
    const given = identifiers[kind]
    if (given !== undefined) list.push({ kind, value: given })
  }
  return list
}
