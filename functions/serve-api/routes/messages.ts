import { Hono } from 'hono'
import * as z from 'zod'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { testMessage } from '#shared/dispatches/test-message.ts'
import { loadProfile } from '#shared/profiles/store.ts'

const Test = z.strictObject({
  customer: z.string().min(1),
  channel: z.string().optional(),
  entry: z.record(z.string(), z.json()).optional(),
})

/** `POST /v1/messages/{message}/test` with `{ "customer": "…" }`, a customer's id: sends it to her if she is one of ours. */
export const messages = new Hono<HttpEnvironment>().post('/:message/test', async (context) => {
  const test = Test.safeParse(await context.req.json())
  if (!test.success)
    return problemResponse(400, 'http.bad-body', 'Send { "customer": "…" }, with "channel" and "entry" as you like.')
  const { customer, channel, entry } = test.data
  const world = context.get('world')
  const profile = await loadProfile(world, customer)
  if (profile === undefined) return problemResponse(404, 'customer.unknown', 'We know no customer by this.')
  const { message } = context.req.param()
  return context.json(await testMessage(world, { message, profile, channel, entry }))
})
