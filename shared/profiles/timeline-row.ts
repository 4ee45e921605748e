import { expiryOf } from '../touchpoints/catalogue.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Item, Json, Key } from '../world/table.ts'
import { customerPartition } from './store.ts'

/** What came of a touchpoint, kept with it. */
export interface TimelineNotes {
  /** When it was folded, in the profile's own time: see `momentIn`. */
  readonly moment: number
  /** `created`, `merged` or `conflict`; absent when it was simply hers. */
  readonly identity?: string | undefined
  /** Journeys that it did not enter though it was of their type, with the reason. */
  readonly notEntered?: Readonly<Record<string, string>> | undefined
  /** Sort keys of rows that it made and that have something to be done. */
  readonly effects?: readonly string[] | undefined
}

/**
 * The profile's own time, whatever the clocks say. Version 7 as a whole is the moment 7; what was folded on the way
 * from 6 to 7 has the moments 6.01, 6.02 and so on, by its place in that commit, which holds fewer than a hundred.
 */
export function momentIn(version: number, place: number): number {
  return version - 1 + (place + 1) / 100
}

/** A touchpoint as it stands in a customer's timeline. */
export interface TimelineRow extends TimelineNotes {
  readonly id: string
  readonly type: string
  readonly occurredAt: number
  readonly recordedAt: number
  readonly channel: string
  readonly direction: 'in' | 'out'
  readonly properties: Readonly<Record<string, Json>>
  readonly traits?: Readonly<Record<string, Json>>
  readonly consent?: Touchpoint['consent']
  readonly device?: string
  readonly source: string
  readonly causedBy?: string
  readonly conversation?: string
}

export function timelineKey(customer: string, { id, occurredAt }: Pick<Touchpoint, 'id' | 'occurredAt'>): Key {
  return { pk: customerPartition(customer), sk: `T#${new Date(occurredAt).toISOString()}#${id}` }
}

/** Finds a touchpoint again that came without a time, whose row's place its id alone does not tell. */
export function untimedKey(customer: string, id: string): Key {
  return { pk: customerPartition(customer), sk: `X#${id}` }
}

const UNTIMED_SECONDS = 30 * 86_400

export function untimedItem(key: Key, { recordedAt }: Touchpoint): Item {
  return { ...key, expiresAt: Math.floor(recordedAt / 1_000) + UNTIMED_SECONDS }
}

export function timelineItem(customer: string, touchpoint: Touchpoint, notes: TimelineNotes): Item {
  const { type, occurredAt, recordedAt, channel, direction, properties, traits, consent, source, causedBy } = touchpoint
  const { conversation } = touchpoint
  return {
    ...timelineKey(customer, touchpoint),
    type,
    recordedAt,
    channel,
    direction,
    properties,
    source,
    ...(traits === undefined ? {} : { traits }),
    ...(consent === undefined ? {} : { consent }),
    ...(causedBy === undefined ? {} : { causedBy }),
    ...(conversation === undefined ? {} : { conversation }),
    ...(touchpoint.device === undefined ? {} : { device: touchpoint.device.id }),
    ...(touchpoint.depth === 0 ? {} : { depth: touchpoint.depth }),
    ...notes,
    expiresAt: expiryOf(type, occurredAt),
  }
}

export function readTimelineItem(item: Item): TimelineRow {
  const { pk: _pk, sk, expiresAt: _expires, ...attributes } = item
  const [, occurred = '', ...id] = sk.split('#')
  return { ...attributes, id: id.join('#'), occurredAt: Date.parse(occurred) } as unknown as TimelineRow
}
