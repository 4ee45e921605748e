import type { Profile } from '../../profiles/profile.ts'
import { customerPartition } from '../../profiles/store.ts'
import { dueKeys } from '../../time/due.ts'
import type { ResumeOutcome } from '../../world/machines.ts'
import type { Item, Key, Table, Write } from '../../world/table.ts'
import { PICK_UP_AFTER } from './enrolment.ts'
import type { TaskInput } from './run.ts'

/** What a run waits for at a step: the token that ends the wait, and how it ended once it did. */
export interface WaitRow extends Item {
  readonly token: string
  /** Grows with each try of the task: a later try's token replaces an earlier one's, never the other way. */
  readonly attempt: number
  /** The rounds of the repeats around the step: a later round comes after all tries of an earlier one. */
  readonly occurrence?: readonly number[] | undefined
  readonly outcome?: ResumeOutcome
}

export function waitKey(customer: string, enrolment: string, step: string): Key {
  return { pk: customerPartition(customer), sk: `W#${enrolment}#${step}` }
}

const KEPT_SECONDS = 7 * 86_400

/** When the row of a wait may go that lasts until then: nobody removes one whose time ran out. In epoch seconds. */
export function waitExpiry(until: number): number {
  return Math.ceil(until / 1_000) + KEPT_SECONDS
}

/** The write that ends a wait; the machine is told afterwards, and again until it has been. */
export function endWait(key: Key, customer: string, outcome: ResumeOutcome, now: number): Write {
  return { set: key, attributes: { outcome, ...dueKeys(customer, now + PICK_UP_AFTER) }, when: 'present' }
}

/** A try that was given up but still runs must not replace the token of the one that came after it. */
export async function laterTryWaits(
  table: Pick<Table, 'get'>,
  { customer, enrolment, step, ...mine }: TaskInput & { readonly attempt: number },
  profile: Profile,
): Promise<boolean> {
  if (profile.runs[enrolment]?.wait?.step !== step) return false
  const row = await table.get(waitKey(customer, enrolment, step))
  return row !== undefined && isLater(row as WaitRow, mine)
}

type Try = Pick<WaitRow, 'attempt' | 'occurrence'>

function isLater(one: Try, other: Try): boolean {
  const [these = [], those = []] = [one, other].map(({ occurrence = [], attempt }) => [...occurrence, attempt])
  const differing = these.findIndex((number, place) => number !== those[place])
  return (these[differing] ?? 0) > (those[differing] ?? 0)
}
