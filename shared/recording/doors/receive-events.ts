import * as z from 'zod'
import { parseTouchpoint } from '../../touchpoints/parse.ts'
import type { Touchpoint } from '../../touchpoints/touchpoint.ts'
import { recordTouchpoints } from '../record-touchpoints.ts'
import type { RecordWorld } from '../recording.ts'
import { addDeadLetters, type DeadLetter } from './dead-letters.ts'

/** An event as EventBridge delivers it, whichever of its two buses. */
const Envelope = z.object({
  id: z.string(),
  source: z.string(),
  detail: z.unknown(),
})

interface Message {
  readonly messageId: string
  readonly body: unknown
  readonly sentAt: number
}

/**
 * Records what a queue brought. An event that cannot be read goes to the dead letters with the reason, and the rest of
 * the batch goes on.
 * @returns the ids of messages that should come again; none, unless the store could not be reached.
 */
export async function receiveEvents(messages: readonly Message[], world: RecordWorld): Promise<readonly string[]> {
  const touchpoints: Touchpoint[] = []
  const dead: DeadLetter[] = []
  const origin = new Map<Touchpoint, Message>()
  for (const message of messages) {
    const read = readMessage(message)
    if (read.ok) {
      touchpoints.push(read.touchpoint)
      origin.set(read.touchpoint, message)
    } else dead.push(deadLetter(message, read.reason))
  }
  const recorded = await recordTouchpoints(world, touchpoints)
  recorded.forEach((result, index) => {
    const message = origin.get(touchpoints[index] as Touchpoint)
    if (result.outcome === 'rejected' && message !== undefined) dead.push(deadLetter(message, result.reason))
  })
  await addDeadLetters(world, dead)
  return []
}

function readMessage({ body, sentAt }: Message): ReturnType<typeof parseTouchpoint> {
  const envelope = Envelope.safeParse(body)
  if (!envelope.success) return { ok: false, reason: 'This is not an event as EventBridge delivers it.' }
  const { id, source, detail } = envelope.data
  return parseTouchpoint(detail, { receivedAt: sentAt, fallbackId: () => id, source })
}

function deadLetter({ messageId, body, sentAt }: Message, reason: string): DeadLetter {
  return { id: messageId, receivedAt: sentAt, reason, event: body }
}
