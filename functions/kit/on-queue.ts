import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { isNamed, messageOf } from '#shared/errors/errors.ts'
import type { World } from '#shared/world/world.ts'
import { chain, type Handler } from './chain.ts'
import type { Manifest, Trigger } from './manifest.ts'

/** One message of a queue, its JSON body read. */
export interface QueueMessage {
  readonly messageId: string
  readonly body: unknown
  /** When the queue took it (epoch ms). */
  readonly sentAt: number
}

/**
 * A function that takes batches from a queue. It answers which messages failed; those alone come again, and go to the
 * dead letters when they have come often enough. When `work` throws, all of the batch comes again.
 */
export function onQueue(
  manifest: Manifest<Extract<Trigger, { on: 'bus' | 'provider-events' }>>,
  work: (messages: readonly QueueMessage[], world: World) => Promise<readonly string[]>,
): Handler<SQSEvent, SQSBatchResponse> {
  return chain(manifest, async (event: SQSEvent, world) => {
    const messages = event.Records.map(({ messageId, body, attributes }) => ({
      messageId,
      body: parseBody(body),
      sentAt: Number(attributes.SentTimestamp),
    }))
    const failed = await work(messages, world)
    if (failed.length > 0) world.log.warn('messages come again', { function: manifest.name, count: failed.length })
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }
  })
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    if (isNamed(error, 'SyntaxError')) return { unreadable: messageOf(error) }
    throw error
  }
}
