import type { Cap } from '../brand/purposes.ts'
import type { Counted } from '../profiles/profile.ts'
import { describeDuration } from '../time/duration.ts'
import type { Answer, Gate } from './gate.ts'

/** A purpose that needs consent keeps its own caps and those over all; service messages are counted but not capped. */
export const frequencyCapGate: Gate = ({ now, profile, brand, purpose, purposeName, channel }) => {
  if (!purpose.needsConsent) return capAnswer(now, purpose.caps, profile.counted.filter(isOf(purposeName)), channel)
  return (
    capAnswer(now, purpose.caps, profile.counted.filter(isOf(purposeName)), channel) ??
    capAnswer(now, brand.caps, profile.counted, channel)
  )
}

function isOf(purpose: string): (counted: Counted) => boolean {
  return (counted) => counted.purpose === purpose
}

/** The cap that opens last, if any is full. */
function capAnswer(now: number, caps: readonly Cap[], counted: readonly Counted[], channel: string): Answer {
  let answer: Answer
  for (const cap of caps) {
    if (cap.channel !== undefined && cap.channel !== channel) continue
    const until = opensAt(now, cap, counted)
    if (until !== undefined && until > (answer?.until ?? 0))
      answer = { code: 'frequency-cap', until, detail: `${cap.upTo} in ${describeDuration(cap.per)}` }
  }
  return answer
}

/** When the window will hold fewer than the cap allows; undefined when it does now. */
function opensAt(now: number, { upTo, per, channel }: Cap, counted: readonly Counted[]): number | undefined {
  const inWindow = counted
    .filter((one) => one.at > now - per && (channel === undefined || one.channel === channel))
    .map(({ at }) => at)
    .sort((a, b) => a - b)
  if (inWindow.length < upTo) return undefined
  const leaves = inWindow[inWindow.length - Math.max(upTo, 1)]
  return leaves === undefined ? now + per : leaves + per
}

/** The counted messages that some cap may still look at, with one more. */
export function countMessage(counted: readonly Counted[], added: Counted, longest: number): readonly Counted[] {
  return [...counted.filter(({ at }) => at > added.at - longest), added]
}

/** The longest window of any cap (ms): what is older need not be remembered. */
export function longestWindow(caps: readonly Cap[]): number {
  return caps.reduce((longest, { per }) => Math.max(longest, per), 0)
}
