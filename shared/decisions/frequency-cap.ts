import type { Cap } from '../brand/purposes.ts'
import type { Counted } from '../profiles/profile.ts'
import { describeDuration, MINUTE } from '../time/duration.ts'
import type { Answer, Candidate, Gate } from './gate.ts'

/** A message that waits is expected to be decided this soon after its time; then it no longer stands in others' way. */
const EXPECTED_WITHIN = 15 * MINUTE

type Concerns = (one: Pick<Counted, 'channel' | 'purpose'>) => boolean

/** A cap that a message comes under, with the messages that it counts. */
interface Applied {
  readonly cap: Cap
  /** The purpose, or `over all`. */
  readonly of: string
  readonly concerns: Concerns
}

/**
 * A purpose that needs consent keeps its own caps and those over all; service messages are counted, and keep their own
 * caps only.
 */
function capsOf({ purpose, purposeName, brand, channel }: Candidate): readonly Applied[] {
  const own = purpose.caps.map((cap) => ({ cap, of: purposeName }))
  const all = purpose.needsConsent ? brand.caps.map((cap) => ({ cap, of: 'over all' })) : []
  return [...own, ...all]
    .filter(({ cap }) => cap.channel === undefined || cap.channel === channel)
    .map(({ cap, of }) => ({
      cap,
      of,
      concerns: (one) =>
        (of === 'over all' || one.purpose === purposeName) && (cap.channel ?? one.channel) === one.channel,
    }))
}

/** How many messages each cap that it comes under counts now. */
export function countedFor(
  candidate: Candidate,
): readonly (Pick<Applied, 'cap' | 'of'> & { readonly count: number })[] {
  return capsOf(candidate).map(({ cap, of, concerns }) => ({
    cap,
    of,
    count: inWindow(candidate, cap, concerns).length,
  }))
}

/** The answer of the cap that opens last, if any is full. */
export const frequencyCapGate: Gate = (candidate) => {
  let answer: Answer
  for (const applied of capsOf(candidate)) {
    const closed = askCap(candidate, applied)
    if (closed !== undefined && (closed.until ?? 0) > (answer?.until ?? 0)) answer = closed
  }
  return answer
}

/** Full; or what is left of it is reserved; or somebody else is to have it. */
function askCap(candidate: Candidate, { cap, concerns }: Applied): Answer {
  const { now, priority } = candidate
  const { upTo, per, reserved } = cap
  const counted = inWindow(candidate, cap, concerns)
  const detail = `${upTo} in ${describeDuration(per)}`
  if (counted.length >= upTo) return { code: 'frequency-cap', until: opensAt(now, upTo, per, counted), detail }
  const kept = reserved !== undefined && priority < reserved.priority ? reserved.times : 0
  const room = upTo - kept
  if (counted.length >= room) {
    const forWhom = `${detail}, ${kept} of them for priority ${reserved?.priority} and above`
    return { code: 'reserved', until: opensAt(now, room, per, counted), detail: forWhom }
  }
  const ahead = waitingAhead(candidate, now + per).filter(concerns)
  if (counted.length + ahead.length < room) return undefined
  const until = Math.max(now, ...ahead.map((one) => one.until)) + EXPECTED_WITHIN
  return { code: 'reserved', until, detail: `${detail}, and ${ahead.length} of higher priority waits` }
}

function inWindow({ now, profile }: Candidate, { per }: Cap, concerns: Concerns): readonly number[] {
  return profile.counted.filter((one) => one.at > now - per && concerns(one)).map(({ at }) => at)
}

/** Messages of hers that wait to go out before then, and go first: of two that cannot both, the higher priority does. */
function waitingAhead(
  { now, priority, profile, dispatch }: Candidate,
  before: number,
): Candidate['profile']['waiting'] {
  return profile.waiting.filter(
    (one) =>
      one.dispatch !== dispatch && one.priority > priority && one.until > now - EXPECTED_WITHIN && one.until < before,
  )
}

/** When a window that is full will have room again. */
function opensAt(now: number, room: number, per: number, counted: readonly number[]): number {
  const leaves = counted.toSorted((a, b) => a - b)[counted.length - Math.max(room, 1)]
  return (leaves ?? now) + per
}

/** The counted messages that some cap may still look at, with one more. */
export function countMessage(counted: readonly Counted[], added: Counted, longest: number): readonly Counted[] {
  return [...counted.filter(({ at }) => at > added.at - longest), added]
}

/** The longest window of any cap (ms): what is older need not be remembered. */
export function longestWindow(caps: readonly Cap[]): number {
  return caps.reduce((longest, { per }) => Math.max(longest, per), 0)
}
