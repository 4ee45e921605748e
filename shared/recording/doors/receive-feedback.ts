import * as z from 'zod'
import { emailFeedback } from '../../channels/email/feedback.ts'
import type { Feedback } from '../../channels/feedback.ts'
import { smsAnswer, smsFeedback } from '../../channels/sms/feedback.ts'
import { providerMessageKey } from '../../dispatches/provider-message.ts'
import type { World } from '../../world/world.ts'
import { addDeadLetters } from './dead-letters.ts'

const Event = z.object({ source: z.string() })

interface Message {
  readonly messageId: string
  readonly body: unknown
  readonly sentAt: number
}

/**
 * Puts what providers report on the bus as touchpoints. A report about a message whose dispatch is not known yet
 * comes again: it may be faster than our own note of the provider's id.
 * @returns the ids of messages that should come again.
 */
export async function receiveFeedback(
  messages: readonly Message[],
  world: Pick<World, 'table' | 'bus' | 'log'>,
): Promise<readonly string[]> {
  const again: string[] = []
  for (const { messageId, body, sentAt } of messages) {
    const outcome = await passOn(world, body, sentAt)
    if (outcome === 'again') again.push(messageId)
    else if (outcome !== 'passed-on')
      await addDeadLetters(world, [{ id: messageId, receivedAt: sentAt, reason: outcome.reason, event: body }])
  }
  return again
}

type Outcome = 'passed-on' | 'again' | { readonly reason: string }

async function passOn({ table, bus }: Pick<World, 'table' | 'bus'>, body: unknown, sentAt: number): Promise<Outcome> {
  const feedback = readFeedback(body, sentAt)
  if (feedback === undefined) return { reason: 'This is no provider event that is known here.' }
  for (const one of feedback) {
    const tagged = await withDispatch(table, one)
    if (tagged === undefined) return 'again'
    const [result] = await bus.publish([{ source: 'feedback', detailType: tagged.type, detail: { ...tagged } }])
    if (result?.accepted === false) return { reason: result.reason }
  }
  return 'passed-on'
}

/** An event of the default bus, or what a customer wrote to one of our numbers, which names no source. */
function readFeedback(body: unknown, sentAt: number): readonly Feedback[] | undefined {
  const event = Event.safeParse(body)
  if (!event.success) {
    const answer = smsAnswer(body, sentAt)
    return answer && [answer]
  }
  if (event.data.source === 'aws.ses') return emailFeedback(body)
  return event.data.source === 'aws.sms-voice' ? smsFeedback(body) : undefined
}

/**
 * Reports that carry no tag of ours are found by the provider's own message id. An answer stands for itself: it may
 * be the first word between us.
 */
async function withDispatch(table: World['table'], feedback: Feedback): Promise<Feedback | undefined> {
  if (feedback.properties.dispatch !== undefined || feedback.type === 'message.answered') return feedback
  const messageId = feedback.properties.messageId
  const row =
    typeof messageId === 'string' ? await table.get(providerMessageKey(feedback.channel, messageId)) : undefined
  if (row === undefined) return undefined
  const { customer, dispatch } = row as unknown as { customer: string; dispatch: string }
  return {
    ...feedback,
    identifiers: { ...feedback.identifiers, customerId: customer },
    properties: { ...feedback.properties, dispatch, customer },
  }
}
