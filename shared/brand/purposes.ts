import * as z from 'zod'
import { channelName } from '../channels/senders.ts'
import { duration, integer, mapOf, oneOrMore, timeOfDay, times } from '../documents/fields.ts'
import { DAY } from '../time/duration.ts'

/**
 * At most `upTo` messages in any stretch of `per` milliseconds; of one channel where it names one. The last `reserve` of
 * them are kept for messages of at least that priority.
 */
export const Cap = z
  .strictObject({
    'up to': times,
    per: duration,
    channel: channelName.optional(),
    reserve: times.optional(),
    'for priority': integer.optional(),
  })
  .superRefine(({ 'up to': upTo, reserve, 'for priority': priority }, context) => {
    if ((reserve === undefined) !== (priority === undefined))
      context.addIssue({
        code: 'custom',
        message: '"reserve" and "for priority" go together, as in "reserve: 1 time, for priority: 50".',
      })
    if (reserve !== undefined && reserve >= upTo)
      context.addIssue({ code: 'custom', path: ['reserve'], message: 'A cap reserves fewer than it allows.' })
  })
  .transform(({ 'up to': upTo, reserve, 'for priority': priority, ...cap }) => ({
    ...cap,
    upTo,
    ...(reserve === undefined || priority === undefined ? {} : { reserved: { times: reserve, priority } }),
  }))

export type Cap = z.output<typeof Cap>

const Hours = z
  .strictObject({ from: timeOfDay, to: timeOfDay })
  .refine(({ from, to }) => from !== to, 'These hours are empty; write "none" where there are no quiet hours.')

export type Hours = z.output<typeof Hours>

/** ISO 3166: two capital letters. */
export const country = z.string().regex(/^[A-Z]{2}$/, 'A country is two capital letters, as in "DK".')

/** When not to write, in her zone; over midnight where `from` is later than `to`. */
export const QuietHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay, countries: mapOf(country, Hours).default({}) })
  .refine(({ from, to }) => from !== to, 'These hours are empty; write "none" where there are no quiet hours.')

export type QuietHours = z.output<typeof QuietHours>

/** A run's end is reckoned with it. */
const LONGEST_DEADLINE = 14 * DAY

export const PurposeDocument = z
  .strictObject({
    consent: z.enum(['required', 'not needed']),
    channels: oneOrMore(channelName),
    priority: integer.default(0),
    caps: z.array(Cap).default([]),
    'quiet hours': z.union([z.literal('none'), QuietHours]).optional(),
    deadline: duration
      .refine((milliseconds) => milliseconds <= LONGEST_DEADLINE, 'A message is held for 14 days at the most.')
      .default(3 * DAY),
  })
  .transform(({ 'quiet hours': quietHours, consent, ...purpose }) => ({
    ...purpose,
    needsConsent: consent === 'required',
    quietHours,
  }))

/** Why we write, and what holds for it. */
export interface Purpose {
  /** False for service messages. */
  readonly needsConsent: boolean
  /** In order of preference. */
  readonly channels: z.output<typeof PurposeDocument>['channels']
  /** Of two messages that cannot both go out, the one with the higher number does. */
  readonly priority: number
  readonly caps: readonly Cap[]
  /** Absent where there are none. */
  readonly quietHours?: QuietHours | undefined
  /** How long a message may be held before it is not worth sending any more (ms). */
  readonly deadline: number
  /** What she has asked for uses up nothing that caps allow; an agent sees what becomes of it, so nobody else repeats it. */
  readonly isAnswer?: boolean | undefined
  /** The confirmation that she has stopped a channel may still go out on it. */
  readonly isLastWord?: boolean | undefined
}

/** A purpose that needs consent keeps the brand's quiet hours unless it says otherwise; a service purpose has none. */
export function purposeOf(
  { quietHours: own, ...purpose }: z.output<typeof PurposeDocument>,
  brandsHours: QuietHours | undefined,
): Purpose {
  if (own === 'none') return purpose
  return { ...purpose, quietHours: own ?? (purpose.needsConsent ? brandsHours : undefined) }
}

/** The hours that hold in `country`, where the brand says something of its own for it. */
export function quietHoursIn(quietHours: QuietHours, country: string | undefined): Hours {
  const own = country === undefined ? undefined : quietHours.countries[country]
  return own ?? { from: quietHours.from, to: quietHours.to }
}
