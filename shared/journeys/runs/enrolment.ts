import type { RunValues } from '../../dispatches/values.ts'
import { customerPartition } from '../../profiles/store.ts'
import { dueKeys, NOT_DUE } from '../../time/due.ts'
import type { Touchpoint } from '../../touchpoints/touchpoint.ts'
import type { Item, Json, Key, Write } from '../../world/table.ts'
import type { RunInput } from './run.ts'

/** The touchpoint that let her in, as conditions and messages may use it. */
export interface EntrySnapshot {
  readonly id: string
  readonly type: string
  readonly occurredAt: number
  readonly channel: string
  readonly properties: Readonly<Record<string, Json>>
  /** How many journeys, each of which caused the next touchpoint, led to this one; absent for none. */
  readonly depth?: number | undefined
}

/** One call of a webhook. */
export interface Call {
  readonly at: number
  readonly outcome: 'answered' | 'failed'
  readonly status?: number | undefined
  /** Why it failed, for people: never what was answered. */
  readonly reason?: string | undefined
}

/** What a `wait until` step decided. */
export interface Alarm {
  readonly step: string
  readonly outcome: 'wait' | 'go' | 'missing' | 'past'
  /** The instant it waits for, or waited for. */
  readonly until?: number | undefined
  /** Which zone was used and how it is known, or why there is no date. */
  readonly detail: string
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
  /** Why it ended: `completed`, `exited`, `failed`, `holdout`, `restarted`, `merged`, or the journey's own words. */
  readonly reason?: string | undefined
  readonly detail?: string | undefined
  readonly entry: EntrySnapshot
  readonly splits?: Readonly<Record<string, number>> | undefined
  /** The moment of the entry, in the time of her profile. */
  readonly seen: number
  readonly enteredAt: number
  /** Her turn, where the journey's pace made her wait for it. */
  readonly startsAt?: number | undefined
  readonly endedAt?: number | undefined
  readonly endsBy: number
  readonly goalAt?: number | undefined
  readonly goalValue?: number | undefined
  /** Where its run began, if it was moved there from another version. */
  readonly move?: RunInput['move']
  /** Answers of webhooks, by the name they were saved as. */
  readonly saved?: Readonly<Record<string, Json>> | undefined
  /** What became of its webhooks, by step: the latest call of each. */
  readonly calls?: Readonly<Record<string, Call>> | undefined
  /** What a step that waits for a local time or a date of hers found last. */
  readonly alarm?: Alarm | undefined
}

/** A row that was committed but not acted on is picked up again after so long. */
export const PICK_UP_AFTER = 30_000

export function enrolmentKey(customer: string, id: string): Key {
  return { pk: customerPartition(customer), sk: `E#${id}` }
}

/** `starting` names the run whose machine is to be started, so that whoever has started one does not mark the next. */
export function enrolmentItem(enrolment: Enrolment, now: number): Item {
  const { id, customer, run, ...attributes } = enrolment
  const startAt = enrolment.startsAt ?? now + PICK_UP_AFTER
  const due = enrolment.state === 'pending' ? { starting: run, ...dueKeys(customer, startAt) } : {}
  return { ...enrolmentKey(customer, id), run, ...attributes, ...due }
}

/** The write that notes that a pending run's machine has been started; it fails when the run has ended meanwhile. */
export function markStarted({ customer, id, run, endsBy }: Enrolment): Write {
  return {
    set: enrolmentKey(customer, id),
    attributes: { state: 'running', starting: null, ...dueKeys(customer, endsBy) },
    when: { attributeIs: ['starting', run] },
  }
}

export function readEnrolment(item: Item): Enrolment {
  const { pk, sk, ipk: _ipk, isk: _isk, starting: _starting, ...attributes } = item
  return { ...attributes, customer: pk.slice(2), id: sk.slice(2) } as unknown as Enrolment
}

/** The write by which a run ends; a reason that stands already is kept by the caller's profile condition. */
export function endEnrolment(
  key: Key,
  ending: { readonly reason: string; readonly detail?: string | undefined; readonly endedAt: number },
): Extract<Write, { readonly set: Key }> {
  return { set: key, attributes: { state: 'ended', starting: null, ...ending, ...NOT_DUE } }
}

/** What conditions may ask of a run. */
export type RunMemory = Pick<Enrolment, 'entry' | 'saved'>

/** What it brings to messages and to the texts of steps. */
export function runValues({ entry, saved = {} }: Enrolment): RunValues {
  return { entry: entry.properties, saved }
}

export function snapshotOf({ id, type, occurredAt, channel, properties, depth }: Touchpoint): EntrySnapshot {
  return { id, type, occurredAt, channel, properties, ...(depth === 0 ? {} : { depth }) }
}
