import { createHash } from 'node:crypto'
import type * as z from 'zod'
import type { IncomingTouchpoint } from '../touchpoints/touchpoint.ts'

export type FeedbackType =
  | 'message.delivered'
  | 'message.opened'
  | 'message.clicked'
  | 'message.bounced'
  | 'message.complained'
  | 'message.failed'
  | 'message.answered'

type Incoming = z.input<typeof IncomingTouchpoint>

/**
 * What comes back about a message, or as an answer to one: a touchpoint as any app would send it, whose id is the same
 * whenever the same fact is reported. `properties.messageId` is the provider's id, for when no tag of ours came along
 * and `identifiers` is empty.
 */
export interface Feedback {
  readonly id: string
  readonly type: FeedbackType
  /** ISO 8601, UTC. */
  readonly occurredAt: string
  readonly channel: string
  readonly direction: 'in'
  readonly identifiers: Readonly<NonNullable<Incoming['identifiers']>>
  readonly properties: Readonly<NonNullable<Incoming['properties']>>
}

/** The same parts always give the same id. */
export function feedbackId(...parts: readonly string[]): string {
  return `fbk_${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32)}`
}

const TRACKED = ['dispatch', 'message', 'journey', 'step'] as const

/** What we want to know again of a message when something comes back about it, from the tags that it went out with. */
export function trackedTags(tags: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return known(Object.fromEntries(TRACKED.map((name) => [name, tags[name]])))
}

/** Leaves out what is not known, so that it is absent rather than `undefined`. */
export function known<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Object.fromEntries loses the keys' names.
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}
