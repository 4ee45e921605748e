import { customerPartition } from '../profiles/store.ts'
import { dueKeys, NOT_DUE } from '../time/due.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Item, Json, Key, Write } from '../world/table.ts'

/** The touchpoint that let her in, as conditions and messages may use it. */
export interface EntrySnapshot {
  readonly id: string
  readonly type: string
  readonly occurredAt: number
  readonly channel: string
  readonly properties: Readonly<Record<string, Json>>
}

/** One customer's run through one version of a journey. */
export interface Enrolment {
  readonly id: string
  readonly customer: string
  readonly journey: string
  readonly version: number
  readonly run: number
  readonly machine: string
  /** `pending` until its machine has been started. */
  readonly state: 'pending' | 'running' | 'ended'
  /** Why it ended: `completed`, `exited`, `failed`, `holdout`, `restarted`, or the journey's own words. */
  readonly reason?: string | undefined
  readonly detail?: string | undefined
  readonly entry: EntrySnapshot
  readonly splits?: Readonly<Record<string, number>> | undefined
  /** The moment of the entry, in the time of her profile. */
  readonly seen: number
  readonly enteredAt: number
  readonly endedAt?: number | undefined
  readonly endsBy: number
  readonly goalAt?: number | undefined
  readonly goalValue?: number | undefined
}

/** A row that was committed but not acted on is picked up again after so long. */
export const PICK_UP_AFTER = 30_000

export function enrolmentKey(customer: string, id: string): Key {
  return { pk: customerPartition(customer), sk: `E#${id}` }
}

export function enrolmentItem(enrolment: Enrolment, now: number): Item {
  const { id, customer, ...attributes } = enrolment
  const due = enrolment.state === 'pending' ? dueKeys(customer, now + PICK_UP_AFTER) : {}
  return { ...enrolmentKey(customer, id), ...attributes, ...due }
}

export function readEnrolment(item: Item): Enrolment {
  const { pk, sk, ipk: _ipk, isk: _isk, ...attributes } = item
  return { ...attributes, customer: pk.slice(2), id: sk.slice(2) } as unknown as Enrolment
}

/** The write by which a run ends; a reason that stands already is kept by the caller's profile condition. */
export function endEnrolment(
  key: Key,
  ending: { readonly reason: string; readonly detail?: string | undefined; readonly endedAt: number },
): Write {
  return { set: key, attributes: { state: 'ended', ...ending, ...NOT_DUE } }
}

export function snapshotOf({ id, type, occurredAt, channel, properties }: Touchpoint): EntrySnapshot {
  return { id, type, occurredAt, channel, properties }
}
