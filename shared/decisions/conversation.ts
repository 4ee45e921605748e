import { waitsForUs } from '../profiles/profile.ts'
import { MINUTE } from '../time/duration.ts'
import type { Gate } from './gate.ts'

/** Nobody knows when it will be answered, so it is looked at again: soon at first, the last time at the deadline. */
const LOOKS = 6

/** While she waits for an answer of ours she gets no marketing; the message's deadline says how long it can wait. */
export const conversationGate: Gate = ({ now, profile, purpose, deadlineAt, holds }) => {
  if (!purpose.needsConsent) return undefined
  const waiting = Object.values(profile.conversations).find((one) => one.mutes && waitsForUs(one))
  if (waiting === undefined) return undefined
  const team = waiting.team === undefined ? {} : { detail: waiting.team }
  if (holds > LOOKS) return { code: 'in-conversation', until: deadlineAt + 1, ...team }
  const pause = Math.max(MINUTE, (deadlineAt - now) / 2 ** (LOOKS - holds))
  return { code: 'in-conversation', until: Math.min(Math.ceil(now + pause), Math.max(deadlineAt, now + 1)), ...team }
}
