import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { readTimelineItem } from '#shared/profiles/timeline-row.ts'
import type { Change } from '#shared/world/feed.ts'
import type { ChangeLog } from '../change-log.ts'

const BATCH = 200
const KEEP_ALIVE = 15_000

/** Touchpoints as they are recorded, as server-sent events, from now on. */
export function tail(changes: ChangeLog): (context: Context) => Response {
  return (context) =>
    streamSSE(context, async (stream) => {
      let position = changes.latest()
      await stream.writeSSE({ event: 'ready', data: '{}' })
      while (!stream.aborted) {
        const batch = changes.since(position, BATCH)
        position = Number(batch.at(-1)?.sequence ?? position)
        await writeTouchpoints(stream, batch)
        if (batch.length === 0) await nextChange(changes, stream)
      }
    })
}

async function writeTouchpoints(stream: SSEStreamingApi, batch: readonly Change[]): Promise<void> {
  for (const { pk, sk, before, after } of batch) {
    if (!sk.startsWith('T#') || before !== undefined || after === undefined) continue
    const { id, occurredAt, type, channel } = readTimelineItem(after)
    const line = { at: new Date(occurredAt).toISOString(), type, channel, customer: pk.slice(2), id }
    await stream.writeSSE({ event: 'touchpoint', data: JSON.stringify(line) })
  }
}

/** Waits for the next change, and tells the other side now and then that we are still here. */
async function nextChange(changes: ChangeLog, stream: SSEStreamingApi): Promise<void> {
  const isQuiet = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => finish(true), KEEP_ALIVE)
    const stop = changes.onAdded(() => setImmediate(() => finish(false)))
    stream.onAbort(() => finish(false))
    const finish = (quiet: boolean): void => {
      clearTimeout(timer)
      stop()
      resolve(quiet)
    }
  })
  if (isQuiet && !stream.aborted) await stream.write(': still here\n\n')
}
