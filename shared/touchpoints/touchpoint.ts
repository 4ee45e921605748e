import * as z from 'zod'
import type { Json } from '../world/table.ts'
import { Identifiers } from './identifiers.ts'

const DAY = 86_400_000

/** A touchpoint that is older than this when it comes in folds into the profile but starts nothing. */
export const STALE_AFTER = DAY

/** Journeys that cause touchpoints that enter journeys stop feeding each other at this depth. */
export const MAX_DEPTH = 10

export const ConsentChange = z.strictObject({
  /** A purpose of the brand, or `*` for all of them. */
  purpose: z.string().min(1).max(64),
  channel: z.string().min(1).max(64),
  state: z.enum(['given', 'withdrawn']),
  /** Which wording she saw, and where: the proof. */
  wording: z.string().max(2_000).optional(),
  source: z.string().max(256).optional(),
})

export type ConsentChange = z.infer<typeof ConsentChange>

const CONSENT_FORM = 'Write it as in { "offers": { "email": true } }, or as a list of { purpose, channel, state }.'

/** Either a list with proofs, or in short `{ "offers": { "email": true } }`. */
const ConsentChanges = z
  .union(
    [
      z.array(z.unknown()),
      z.record(z.string(), z.record(z.string(), z.boolean())).transform((purposes) =>
        Object.entries(purposes).flatMap(([purpose, channels]) =>
          Object.entries(channels).map(([channel, given]) => ({
            purpose,
            channel,
            state: given ? 'given' : 'withdrawn',
          })),
        ),
      ),
    ],
    { error: CONSENT_FORM },
  )
  .pipe(z.array(ConsentChange).max(50, 'One event changes 50 consents at the most.'))

export const Device = z.strictObject({
  id: z.string().min(1).max(256),
  platform: z.enum(['ios', 'android', 'web']).optional(),
  /** Where push messages go; `null` says that it is no longer valid. */
  pushToken: z.string().min(1).max(4_096).nullable().optional(),
  model: z.string().max(256).optional(),
})

export type Device = z.infer<typeof Device>

const instant = z.iso
  .datetime({ offset: true, error: 'A time is ISO 8601 with a zone, as in "2026-11-21T09:30:00Z".' })
  .transform((text) => Date.parse(text))

const attributes = z.record(z.string().min(1).max(128), z.json())

/** A touchpoint as apps send it; unknown keys are refused, so that a typing error is not lost in silence. */
export const IncomingTouchpoint = z.strictObject({
  id: z.string().min(1).max(128).optional(),
  type: z
    .string()
    .max(128, 'A type has at most 128 characters.')
    .regex(/^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/, 'A type is dotted, lower case, past tense, as in "order.completed".'),
  occurredAt: instant.optional(),
  channel: z.string().min(1).max(64).default('app'),
  direction: z.enum(['in', 'out']).default('in'),
  identifiers: Identifiers,
  device: Device.optional(),
  traits: attributes.optional(),
  consent: ConsentChanges.optional(),
  properties: attributes.default({}),
  conversation: z.string().max(128).optional(),
  causedBy: z.string().max(128).optional(),
  depth: z.number().int().min(0).max(MAX_DEPTH).default(0),
  mode: z.enum(['live', 'history']).default('live'),
  source: z.string().max(128).optional(),
})

/** One contact between customer and brand, in or out, on any channel. */
export interface MakingStep {
  readonly id: string
  readonly run: number
  readonly occurrence?: readonly number[] | undefined
  /** Whether the run stays at the step for something. */
  readonly waits: boolean
}

export interface Touchpoint {
  readonly id: string
  readonly type: string
  readonly occurredAt: number
  readonly recordedAt: number
  /** False when the sender gave no time, so that `occurredAt` is the time of the first acceptance. */
  readonly timed: boolean
  readonly channel: string
  readonly direction: 'in' | 'out'
  readonly identifiers: Identifiers
  readonly device?: Device | undefined
  readonly traits?: Readonly<Record<string, Json>> | undefined
  /** When the traits became so, where that is not `occurredAt`. */
  readonly traitsAt?: number | undefined
  /**
   * Amounts to add to traits that are numbers, and members to join traits that are lists, as they are at the moment of the
   * commit; only from steps of journeys.
   */
  readonly add?: Readonly<Record<string, number | readonly string[]>> | undefined
  /** Members that leave traits that are lists, likewise. */
  readonly remove?: Readonly<Record<string, readonly string[]>> | undefined
  readonly consent?: readonly ConsentChange[] | undefined
  readonly properties: Readonly<Record<string, Json>>
  readonly conversation?: string | undefined
  readonly causedBy?: string | undefined
  /** The step of that run which made it; not kept. */
  readonly step?: MakingStep | undefined
  readonly depth: number
  readonly mode: 'live' | 'history'
  readonly source: string
}

/** True when it may start, wake or end something; false when it only folds. */
export function isLive({ mode, occurredAt, recordedAt }: Touchpoint): boolean {
  return mode === 'live' && recordedAt - occurredAt <= STALE_AFTER
}
