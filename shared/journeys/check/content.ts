import { isChannel } from '../../channels/catalog.ts'
import type { Sending } from '../steps/step-kind.ts'
import type { Check, Finding, Subject } from './finding.ts'
import { type Placed, waysOf } from './follow.ts'
import { placedSteps } from './placed-steps.ts'

/** Every message has a form for the channels it is sent by. */
export const checkContent: Check = function* (subject) {
  for (const placed of placedSteps(subject.journey.steps))
    for (const sending of waysOf(placed.step).flatMap(({ sends = [] }) => sends))
      yield* checkSending(placed, sending, subject)
}

function* checkSending(
  { step, place }: Placed,
  { message, by, purpose: own }: Sending,
  { brand, messages, journey }: Subject,
): Generator<Finding> {
  const written = messages[message]
  const purpose = own ?? journey.purpose
  const channels = brand.purposes[purpose]?.channels
  // That there is no such message or purpose is told elsewhere.
  if (written === undefined || channels === undefined) return
  const example = (channel: string): string => `messages/${message}/${channel}.${brand.locales[0]}.…`
  for (const channel of by ?? [])
    if (isChannel(channel) && !written.includes(channel))
      yield {
        at: [...place, 'by'],
        message: `Message "${message}" has no form for ${channel}.`,
        fix: `Add ${example(channel)}, or leave the channel out.`,
      }
  if (by === undefined && !channels.some((channel) => written.includes(channel)))
    yield {
      at: [...place, step.kind],
      message: `Message "${message}" has no form for a channel of ${purpose}: ${channels.join(', ')}.`,
      fix: `Add ${example(channels[0] ?? 'email')}, or say "by: ${written[0]}".`,
    }
}
