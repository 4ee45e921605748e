import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { problemResponse } from '#functions/kit/problem.ts'
import { parseTouchpoint } from '#shared/touchpoints/parse.ts'
import type { World } from '#shared/world/world.ts'
import { feedbackFrom, type Outbox, type OutboxFeedback } from '../outbox.ts'

const Query = z.object({
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
  channel: z.string().optional(),
  to: z.string().optional(),
  customer: z.string().optional(),
})

/** What can be done to a message in the outbox, as the person who got it would. */
const ACTIONS: Readonly<Record<string, OutboxFeedback>> = {
  open: 'opened',
  click: 'clicked',
  bounce: 'bounced',
  complain: 'complained',
  reply: 'answered',
}

const Details = z.object({
  link: z.string().optional(),
  permanent: z.boolean().optional(),
  text: z.string().optional(),
})

/** Every message that went out, as its reader sees it; and what she does with it, which comes back as touchpoints. */
export function outboxRoutes(outbox: Outbox, world: World): Hono {
  return new Hono()
    .get('/', (context) => {
      const query = Query.safeParse(context.req.query())
      if (!query.success)
        return problemResponse(
          400,
          'http.bad-query',
          'limit is a number up to 1000; channel, to and customer are texts.',
        )
      return context.json({ messages: outbox.list(query.data).map(shown) })
    })
    .get('/:id', (context) => {
      const message = outbox.get(context.req.param('id'))
      return message === undefined ? missing(context) : context.json({ message: shown(message) })
    })
    .post('/:id/:action', async (context) => {
      const { id, action } = context.req.param()
      const message = outbox.get(id)
      const what = ACTIONS[action]
      if (message === undefined) return missing(context)
      if (what === undefined)
        return problemResponse(
          404,
          'outbox.unknown-act',
          `One can ${Object.keys(ACTIONS).join(', ')} a message, not "${action}".`,
        )
      const details = Details.safeParse(await context.req.json().catch(() => ({})))
      if (!details.success)
        return problemResponse(400, 'http.bad-body', 'Send { "link", "permanent", "text" } or nothing.')
      const touchpoint = feedbackFrom(message, what, { ...details.data, now: world.clock.now() })
      const checked = parseTouchpoint(touchpoint, {
        receivedAt: world.clock.now(),
        fallbackId: () => id,
        source: 'outbox',
      })
      if (!checked.ok) return problemResponse(400, 'http.bad-body', checked.reason)
      await world.bus.publish([{ source: 'outbox', detailType: touchpoint.type, detail: { ...touchpoint } }])
      return context.json({ touchpoint: { id: touchpoint.id, type: touchpoint.type } })
    })
}

function shown<M extends { readonly at: number }>({ at, ...message }: M) {
  return { ...message, at: new Date(at).toISOString() }
}

function missing(context: Context): Response {
  return problemResponse(404, 'outbox.unknown', `There is no message ${context.req.param('id')} in the outbox.`)
}
