import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
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
      let wake = (): void => {}
      const stop = changes.onAdded(() => setImmediate(() => wake()))
      stream.onAbort(() => {
        stop()
        wake()
      })
      await stream.writeSSE({ event: 'ready', data: '{}' })
      while (!stream.aborted) {
        const batch = changes.since(position, BATCH)
        for (const change of batch) if (isTouchpoint(change)) await stream.writeSSE({ event: 'touchpoint', data: lineOf(change) })
        position = Number(batch.at(-1)?.sequence ?? position)
        if (batch.length === 0) await woken((resolve) => (wake = resolve), stream)
      }
    })
}

/** Waits for the next change, and tells the other side now and then that it is still there. */
async function woken(expect: (wake: () => void) => void, stream: { readonly aborted: boolean; write(text: string): Promise<unknown> }): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const isQuiet = await Promise.race([
    new Promise<false>((resolve) => expect(() => resolve(false))),
    new Promise<true>((resolve) => {
      timer = setTimeout(() => resolve(true), KEEP_ALIVE)
    }),
  ])
  clearTimeout(timer)
  if (isQuiet && !stream.aborted) await stream.write(': still here\n\n')
}

function isTouchpoint({ sk, before, after }: Change): boolean {
  return sk.startsWith('T#') && before === undefined && after !== undefined
}

function lineOf({ pk, after }: Change): string {
  if (after === undefined) return '{}'
  const { id, occurredAt, type, channel } = readTimelineItem(after)
  return JSON.stringify({ at: new Date(occurredAt).toISOString(), type, channel, customer: pk.slice(2), id })
}
