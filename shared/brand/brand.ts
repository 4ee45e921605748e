import * as z from 'zod'
import { senders } from '../channels/senders.ts'
import { type Reading, readDocument } from '../documents/document.ts'
import { duration, mapOf, name, oneOrMore, share, text, timeOfDay, touchpointType, zone } from '../documents/fields.ts'
import { DAY } from '../time/duration.ts'
import { Cap, country, type Purpose, PurposeDocument, purposeOf, QuietHours } from './purposes.ts'

/** Texts by name, nested as deep as it helps: `brand.facts.opening_hours`. */
interface Facts {
  readonly [name: string]: string | Facts
}

const factName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9_]*$/, 'Messages use this name, so it has letters, digits and "_", as in "opening_hours".')

const Facts: z.ZodType<Facts> = mapOf(factName, z.union([text, z.lazy(() => Facts)]))

const colour = z.string().regex(/^#([0-9a-f]{3}|[0-9a-f]{6})$/i, 'A colour is written as in "#7b3f00", in quotes.')

const webAddress = z.url({ protocol: /^https$/, error: 'This is an https address.' })

const locale = z.string().refine(isLocale, 'A locale is written as in "en" or "sv-SE".')

const Look = z.strictObject({
  logo: webAddress.optional(),
  /** By name, for `brand.look.colours.<name>`. */
  colours: mapOf(factName, colour).default({}),
})

const Voice = z
  .strictObject({
    'form of address': mapOf(locale, text).default({}),
    never: z.array(text).default([]),
    marketing: z.array(text).default([]),
  })
  .transform(({ 'form of address': formOfAddress, ...words }) => ({ ...words, formOfAddress }))

const BrandDocument = z.strictObject({
  brand: text.regex(/^[^\r\n]+$/, 'A name is one line.'),
  senders: z.strictObject(senders).partial(),
  look: Look.default({ colours: {} }),
  /** The first is the one that others fall back to. */
  locales: oneOrMore(locale),
  zone,
  country,
  legal: z.strictObject({ company: text, address: text }),
  facts: Facts.default({}),
  voice: Voice.default({ formOfAddress: {}, never: [], marketing: [] }),
  purposes: mapOf(name, PurposeDocument),
  caps: z.array(Cap).default([]),
  'quiet hours': z.union([z.literal('none'), QuietHours]).default({ from: '21:00', to: '09:00', countries: {} }),
  traits: z.array(text).default([]),
  touchpoints: mapOf(touchpointType, z.array(text)).default({}),
  teams: z.array(name).default([]),
  'usual hour': timeOfDay.optional(),
  holdout: share.default(0),
  conversations: z.strictObject({ idle: duration.default(7 * DAY) }).default({ idle: 7 * DAY }),
})

type BrandDocument = z.output<typeof BrandDocument>

/** What all channels share, so that a customer meets one brand; read from `brand.yaml`. */
export interface Brand {
  readonly name: string
  readonly senders: BrandDocument['senders']
  readonly look: BrandDocument['look']
  /** In order of fallback; at least one. */
  readonly locales: readonly string[]
  readonly defaultZone: string
  readonly defaultCountry: string
  readonly legal: BrandDocument['legal']
  readonly facts: Facts
  /** `never`: words we do not use. `marketing`: words that a service message does not use. */
  readonly voice: BrandDocument['voice']
  readonly purposes: Readonly<Record<string, Purpose>>
  /** Over all purposes together. Service messages count as well, but are never held back by them. */
  readonly caps: readonly Cap[]
  /** Traits that customers have; where there are any, `check` knows no others. */
  readonly traits: readonly string[]
  /** Touchpoints that apps send, each with its properties; where there are any, `check` knows no others. */
  readonly touchpoints: Readonly<Record<string, readonly string[]>>
  readonly teams: readonly string[]
  /** When messages that ask for her hour go to those whose habits nobody knows; `10:00` where it is absent. */
  readonly usualHour?: string | undefined
  /** A control group that gets no marketing from any journey, as a share of 1. */
  readonly holdout: number
  /** `idle`: after so long without a word a conversation is closed (ms). */
  readonly conversations: BrandDocument['conversations']
}

export const BrandSchema = BrandDocument.superRefine((document, context) => {
  for (const [purpose, { channels }] of Object.entries(document.purposes)) {
    channels.forEach((channel, index) => {
      if (document.senders[channel] !== undefined) return
      const message = `Nobody sends by ${channel}: add it under "senders".`
      context.addIssue({ code: 'custom', path: ['purposes', purpose, 'channels', index], message })
    })
  }
}).transform(
  ({ brand, zone, country, 'quiet hours': quietHours, 'usual hour': usualHour, purposes, ...rest }): Brand => ({
    ...rest,
    usualHour,
    name: brand,
    defaultZone: zone,
    defaultCountry: country,
    purposes: mapValues(purposes, (purpose) => purposeOf(purpose, quietHours === 'none' ? undefined : quietHours)),
  }),
)

/** Reads `brand.yaml`; what is wrong in it comes back with its place. */
export function readBrand(file: string, text: string): Reading<Brand> {
  return readDocument(file, text, BrandSchema)
}

function isLocale(text: string): boolean {
  try {
    return /^[a-z]{2,3}(-|$)/.test(text) && Intl.getCanonicalLocales(text)[0] === text
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
