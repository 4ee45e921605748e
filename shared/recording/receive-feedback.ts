import * as z from 'zod'
import { emailFeedback } from '../channels/email/feedback.ts'
import type { Feedback } from '../channels/feedback.ts'
import { smsFeedback } from '../channels/sms/feedback.ts'
import { providerMessageKey } from '../dispatches/provider-message.ts'
import type { World } from '../world/world.ts'
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
  for (const message of messages) {
    const { messageId, body, sentAt } = message
    const feedback = readFeedback(body)
    if (feedback === undefined) {
      await addDeadLetters(world, [
        { id: messageId, receivedAt: sentAt, reason: 'No provider event that is known here.', event: body },
      ])
      continue
    }
    for (const one of feedback) if (!(await publish(world, one))) again.push(messageId)
  }
  return again
}

function readFeedback(body: unknown): readonly Feedback[] | undefined {
  const event = Event.safeParse(body)
  if (!event.success) return undefined
  if (event.data.source === 'aws.ses') return emailFeedback(body)
  return event.data.source === 'aws.sms-voice' ? smsFeedback(body) : undefined
}

async function publish({ table, bus }: Pick<World, 'table' | 'bus'>, feedback: Feedback): Promise<boolean> {
  const tagged = await withDispatch(table, feedback)
  if (tagged === undefined) return false
  await bus.publish([{ source: 'feedback', detailType: tagged.type, detail: { ...tagged } }])
  return true
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
