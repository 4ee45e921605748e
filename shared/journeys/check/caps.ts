import type { Cap } from '../../brand/purposes.ts'
import { describeDuration } from '../../time/duration.ts'
import type { Sending } from '../steps/step-kind.ts'
import { sendingChannels } from './bounds-of.ts'
import type { Check, Finding, Subject } from './finding.ts'
import type { Place } from './follow.ts'
import { linesOf, mostSendings, type Stretch, type Trail } from './sendings.ts'

/** A cap, and what it is about. */
interface Limit {
  readonly cap: Cap
  /** Absent where it is over all purposes. */
  readonly purpose?: string
}

/** A message that comes too soon after others, on some path. */
interface Late {
  readonly at: Place
  readonly sending: Sending
  /** So many of the cap's messages are for one of its priority. */
  readonly allowed: number
  /** Until the cap opens (ms). */
  readonly held: number
  readonly trail: Trail | undefined
}

/** No message comes so soon after others of its run that a cap keeps it back for sure, or so long that it is lost. */
export const checkCaps: Check = function* (subject) {
  for (const limit of limitsOf(subject)) {
    const always = lateSendings(limit, 'slow', subject)
    const perhaps = lateSendings(limit, 'quick', subject)
    for (const [key, late] of perhaps) {
      const sure = always.get(key)
      const deadline = deadlineOf(late.sending, subject)
      if (sure !== undefined) yield finding(sure, limit, sure.held > deadline ? NEVER(deadline) : ALWAYS(sure.held))
      else if (late.held > deadline) yield finding(late, limit, PERHAPS(deadline))
    }
  }
}

const NEVER = (deadline: number) =>
  `it never goes out on this path, for it may be held ${describeDuration(deadline)} only`
const PERHAPS = (deadline: number) =>
  `it is lost when she is quick, for it may be held ${describeDuration(deadline)} only`
const ALWAYS = (held: number) => `it is always held, for ${describeDuration(held)} or more`

function finding({ at, sending, allowed, trail }: Late, { cap, purpose }: Limit, becomes: string): Finding {
  const of = purpose === undefined ? '' : ` for ${purpose}`
  const by = cap.channel === undefined ? '' : ` by ${cap.channel}`
  return {
    at,
    severity: 'warning',
    message: `"${sending.message}" is message ${allowed + 1}${of}${by} within ${describeDuration(cap.per)}, and a cap allows ${allowed}: ${becomes}.`,
    fix: 'Wait longer before it, give it a longer deadline, leave it out, or raise the cap in brand.yaml.',
    trail: ['enter', ...linesOf(trail)],
  }
}

function limitsOf({ brand }: Subject): readonly Limit[] {
  return [
    ...Object.entries(brand.purposes).flatMap(([purpose, { caps }]) => caps.map((cap) => ({ cap, purpose }))),
    ...brand.caps.map((cap) => ({ cap })),
  ].filter(({ cap }) => cap.upTo > 0)
}

/** The sendings that some path brings to a full cap, each with the shortest time since it filled. */
function lateSendings({ cap, purpose }: Limit, she: 'quick' | 'slow', subject: Subject): ReadonlyMap<string, Late> {
  const { journey, brand } = subject
  const channelsOf = sendingChannels(journey, brand)
  const purposeOf = (sending: Sending): string => sending.purpose ?? journey.purpose
  const found = new Map<string, Late>()
  mostSendings(journey.steps, {
    within: cap.per,
    she,
    counts: (sending) =>
      (purpose === undefined || purposeOf(sending) === purpose) &&
      (cap.channel === undefined || channelsOf(sending).every((channel) => channel === cap.channel)),
    onSend: ({ place }, sending, before, trail) => {
      // Service messages count, but the caps over all purposes never hold them.
      if (purpose === undefined && brand.purposes[purposeOf(sending)]?.needsConsent !== true) return
      const allowed = allowedTo(sending, cap, subject)
      const full = shortest(before.filter(({ count }) => count >= allowed))
      if (full === undefined) return
      const key = place.join('.')
      const held = cap.per - full
      if (held > (found.get(key)?.held ?? 0)) found.set(key, { at: ['steps', ...place], sending, allowed, held, trail })
    },
  })
  return found
}

/** What a cap reserves for a higher priority is not for this one. */
function allowedTo(sending: Sending, { upTo, reserved }: Cap, { journey, brand }: Subject): number {
  const priority = journey.priority ?? brand.purposes[sending.purpose ?? journey.purpose]?.priority ?? 0
  return reserved === undefined || priority >= reserved.priority ? upTo : upTo - reserved.times
}

function shortest(stretches: readonly Stretch[]): number | undefined {
  return stretches.length === 0 ? undefined : Math.min(...stretches.map(({ elapsed }) => elapsed))
}

function deadlineOf(sending: Sending, { journey, brand }: Subject): number {
  return sending.deadline ?? brand.purposes[sending.purpose ?? journey.purpose]?.deadline ?? 0
}
