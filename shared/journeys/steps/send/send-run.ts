import * as z from 'zod'
import type { Reason } from '../../../decisions/decision.ts'
import type { Settlement } from '../../../dispatches/dispatch-request.ts'
import { Impossible } from '../../../errors/errors.ts'
import type { Profile } from '../../../profiles/profile.ts'
import { endEnrolment, enrolmentKey } from '../../runs/enrolment.ts'
import { idOfStep, TaskInput } from '../../runs/run.ts'
import { openRun, withLast, withoutRun, withoutWait } from '../../runs/run-guard.ts'

/** Why it was held before; as we wrote it ourselves. */
const HeldReason = z.custom<Reason>((value) => typeof value === 'object' && value !== null)

export const SendInput = TaskInput.extend({
  holds: z.number().int().optional(),
  deadlineAt: z.number().optional(),
  because: z.array(HeldReason).optional(),
  /** How often it went out already, each time on another channel. */
  tries: z.number().int().optional(),
  /** The channels that are left after those. */
  left: z.array(z.string()).optional(),
  /** The moment (of her profile's own time) at which it first went out. */
  firstSeen: z.number().optional(),
  /** Whether the run ends with this message: when it was sent, and when it was not. */
  ends: z.object({ sent: z.boolean(), notSent: z.boolean() }).optional(),
})

export type SendInput = z.infer<typeof SendInput>

/** Each try is a message of its own, with an id of its own. */
export function dispatchId(input: SendInput, tries: number): string {
  return idOfStep('dispatch', tries === 0 ? input : { ...input, step: `${input.step} try ${tries + 1}` })
}

/** @throws Left when the run has ended. */
export function admit(profile: Profile | undefined, input: SendInput): Profile {
  openRun(profile, input)
  if (profile === undefined) throw new Impossible('run.no-profile', 'An open run has no profile.')
  return withoutWait(profile, input.enrolment)
}

/** Of a send's paths the one for a message that was not sent; where there is none, the run goes straight on. */
const NOT_SENT = 0

/** Nothing when the run goes on from a message that was sent, or somebody else has ended it meanwhile. */
export function settle(endedAt: number, profile: Profile, input: SendInput, sent: boolean): Settlement | undefined {
  const { ends, enrolment, customer, run } = input
  if (profile.runs[enrolment]?.run !== run) return undefined
  if (ends === undefined || !(sent ? ends.sent : ends.notSent))
    return sent ? undefined : { profile: withLast(profile, input, { at: endedAt, path: NOT_SENT }), writes: [] }
  const reason = sent ? 'completed' : 'not-sent'
  return {
    profile: withoutRun(profile, enrolment),
    writes: [endEnrolment(enrolmentKey(customer, enrolment), { reason, endedAt })],
  }
}

/** What is written with a message after which nothing more of its step is to come. */
export function settleLast(endedAt: number, profile: Profile, input: SendInput): Settlement {
  return settle(endedAt, profile, input, true) ?? { profile: withLast(profile, input, { at: endedAt }), writes: [] }
}
