import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { whoDoes } from '#functions/kit/authorise.ts'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { claimConversation, releaseConversation } from '#shared/conversations/claim.ts'
import { findConversation } from '#shared/conversations/find-conversation.ts'
import { listInbox } from '#shared/conversations/inbox.ts'
import { noteItem } from '#shared/conversations/notes.ts'
import { liveBrand } from '#shared/dispatches/brand-documents.ts'
import { conversationLine, showConversation } from '#shared/insights/conversation-view.ts'
import { assignConversation } from '#shared/recording/conversations/assign-conversation.ts'
import { closeConversation } from '#shared/recording/conversations/close-conversation.ts'
import { reply } from '#shared/recording/conversations/reply.ts'

const Query = z.object({
  team: z.string().optional(),
  state: z.enum(['waiting', 'answered']).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
  cursor: z.string().optional(),
})

/** Whoever has the installation's token says who she is; whoever signed in is who she is, whatever she says. */
const agent = z.string().trim().min(1).max(64)
const text = z.string().trim().min(1).max(10_000)

const Claim = z.strictObject({ agent, force: z.boolean().optional() })
const Release = z.strictObject({ agent })
const Reply = z.strictObject({ agent, text, reply: z.string().min(1).max(128), channel: z.string().optional() })
const Note = z.strictObject({ agent, text })
const Assign = z.strictObject({ agent, team: z.string(), note: text.optional() })
/** `since` of the conversation as the agent read it: what was said later is not to be closed away. */
const seen = z.iso.datetime({ offset: true }).transform(Date.parse).optional()
const Close = z.strictObject({ agent, reason: z.string().trim().min(1).max(256).optional(), seen })

/** `/v1/conversations`: the inbox, a conversation, and what an agent does in one. */
export const conversations = new Hono<HttpEnvironment>()
  .get('/', async (context) => {
    const query = Query.safeParse(context.req.query())
    if (!query.success)
      return problemResponse(
        400,
        'http.bad-query',
        'state is waiting or answered; limit is a number up to 200; team and cursor are texts.',
      )
    const world = context.get('world')
    const { teams } = await liveBrand(world)
    const page = await listInbox(world, teams, query.data)
    return context.json({ ...page, conversations: page.conversations.map(conversationLine) })
  })
  .get('/:id', async (context) => context.json(await showConversation(context.get('world'), context.req.param('id'))))
  .post('/:id/claim', (context) =>
    withBody(context, Claim, async (world, id, claim) => conversationLine(await claimConversation(world, id, claim))),
  )
  .post('/:id/release', (context) =>
    withBody(context, Release, async (world, id, body) => {
      await releaseConversation(world, id, body.agent)
      return { id, released: true }
    }),
  )
  .post('/:id/replies', (context) =>
    withBody(context, Reply, (world, id, body) => reply(world, { ...body, conversation: id })),
  )
  .post('/:id/notes', (context) =>
    withBody(context, Note, async (world, id, body) => {
      const { customer } = await findConversation(world, id)
      const note = { id: world.ids.next(), at: world.clock.now(), by: body.agent, text: body.text }
      await world.table.write([{ put: noteItem(customer, id, note) }])
      return { id, noted: true }
    }),
  )
  .post('/:id/assign', (context) =>
    withBody(context, Assign, async (world, id, body) => {
      await assignConversation(world, id, body)
      return { id, team: body.team }
    }),
  )
  .post('/:id/close', (context) =>
    withBody(context, Close, async (world, id, body) => {
      const { seen: seenAt, ...closing } = body
      await closeConversation(world, id, { ...closing, seenAt })
      return { id, closed: true }
    }),
  )

async function withBody<S extends z.ZodType>(
  context: Context<HttpEnvironment, '/:id/*'>,
  schema: S,
  act: (world: HttpEnvironment['Variables']['world'], id: string, body: z.output<S>) => Promise<object>,
): Promise<Response> {
  const said = await context.req.json()
  const body = schema.safeParse({ ...said, agent: whoDoes(context, said?.agent) })
  if (body.success) return context.json(await act(context.get('world'), context.req.param('id') ?? '', body.data))
  const places = body.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`)
  return problemResponse(400, 'conversation.bad-request', places.join(' '))
}
