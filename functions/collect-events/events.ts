import { Hono } from 'hono'
import * as z from 'zod'
import { acceptEvents } from '#shared/recording/doors/accept-events.ts'
import { requireToken } from '../kit/authorise.ts'
import { type HttpEnvironment, limitTo } from '../kit/http-app.ts'
import { problemResponse } from '../kit/problem.ts'

/** As many events as one request may bring. */
const MOST_EVENTS = 100

const Batch = z.object({ events: z.array(z.unknown()).min(1, 'Send at least one event.') })

/**
 * `POST /v1/events`: one event, or `{ "events": [ … ] }`. Answers per event, in order; accepted means durable. 202 when
 * all were accepted, 207 when some were, 400 when none was.
 */
export const events = new Hono<HttpEnvironment>()
events.use('/v1/events/*', requireToken, limitTo(1, 'send less at once'))
events.post('/v1/events', async (context) => {
  const body: unknown = await context.req.json()
  const single = typeof body === 'object' && body !== null && 'type' in body
  const batch = Batch.safeParse(single ? { events: [body] } : body)
  if (!batch.success)
    return problemResponse(400, 'events.no-batch', 'Send one event, or { "events": [ … ] } with at least one.')
  const { length } = batch.data.events
  if (length > MOST_EVENTS)
    return problemResponse(
      413,
      'events.too-many',
      `A request may bring ${MOST_EVENTS} events, not ${length}; send them in several.`,
    )
  const results = await acceptEvents(context.get('world'), batch.data.events)
  const accepted = results.filter(({ status }) => status === 'accepted').length
  const status = accepted === length ? 202 : accepted === 0 ? 400 : 207
  return context.json({ accepted, rejected: length - accepted, events: results }, status)
})
