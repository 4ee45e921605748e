import { consentGate } from './consent.ts'
import { conversationGate } from './conversation.ts'
import type { Decision, Reason } from './decision.ts'
import { frequencyCapGate } from './frequency-cap.ts'
import type { Answer, Candidate, Gate } from './gate.ts'
import { herHourGate } from './her-hour.ts'
import { holdoutGate } from './holdout.ts'
import { legalHoursGate } from './legal-hours.ts'
import { quietHoursGate } from './quiet-hours.ts'
import { suppressionGate } from './suppression.ts'

/** What all channels of a message have in common, and which of them there are. */
export interface Question extends Omit<Candidate, 'channel' | 'address'> {
  /** Channels in order of preference. */
  readonly channels: readonly string[]
  /** Channels that this installation has a provider for. */
  readonly provided: readonly string[]
  /** Channels that the message has a form for. */
  readonly written: readonly string[]
  /** Her address on a channel. */
  readonly addressOn: (channel: string) => string | undefined
  /** Channels whose provider refused this very message. */
  readonly refused?: readonly Reason[] | undefined
}

/** However often a hold is repeated, it ends. */
export const MOST_HOLDS = 8

/** In this order: what refuses for good comes before what only says "later". */
const PERMISSIONS: readonly Gate[] = [
  suppressionGate,
  consentGate,
  holdoutGate,
  conversationGate,
  quietHoursGate,
  legalHoursGate,
]

const GATES: readonly Gate[] = [...PERMISSIONS, frequencyCapGate, herHourGate]

/**
 * Asks every gate about each channel in turn. A channel that is refused gives way to the next; one that is only late
 * is waited for, unless that would pass the deadline.
 */
export function decide(question: Question): Decision {
  const { now, channels, deadlineAt, holds } = question
  const because: Reason[] = []
  if (now > deadlineAt)
    return { outcome: 'skip', reason: 'deadline-passed', because: [{ channel: '', code: 'deadline-passed' }] }
  for (const channel of channels) {
    const reasons = ask(question, channel)
    because.push(...reasons)
    const address = question.addressOn(channel)
    const until = Math.max(0, ...reasons.map((reason) => reason.until ?? 0))
    if (reasons.length === 0 && address !== undefined)
      return { outcome: 'send', channel, address, because: [...because, { channel, code: 'may-send' }] }
    if (reasons.some((reason) => reason.until === undefined)) continue
    if (holds >= MOST_HOLDS) because.push({ channel, code: 'too-many-holds' })
    else if (until > deadlineAt) because.push({ channel, code: 'deadline-passed' })
    else return { outcome: 'hold', until, because }
  }
  return { outcome: 'skip', reason: because.at(-1)?.code ?? 'no-channel', because }
}

/** What stands against a channel: the first refusal alone, or else everything that says "later". */
function ask(question: Question, channel: string): readonly Reason[] {
  const refused = question.refused?.find((reason) => reason.channel === channel)
  if (refused !== undefined) return [refused]
  if (!question.provided.includes(channel)) return [{ channel, code: 'no-provider' }]
  if (!question.written.includes(channel)) return [{ channel, code: 'no-content' }]
  const address = question.addressOn(channel)
  if (address === undefined) return [{ channel, code: 'not-reachable' }]
  return pass(GATES, { ...question, channel, address })
}

/** What stands by now against a message that was let go long ago; its place under the caps it has already. */
export function askAgain(candidate: Candidate): readonly Reason[] {
  return pass(PERMISSIONS, candidate)
}

function pass(gates: readonly Gate[], candidate: Candidate): readonly Reason[] {
  const { channel } = candidate
  const answers: Reason[] = []
  for (const gate of gates) {
    const answer: Answer = gate(candidate)
    if (answer === undefined) continue
    if (answer.until === undefined) return [{ channel, ...answer }]
    answers.push({ channel, ...answer })
  }
  return answers
}
