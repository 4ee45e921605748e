import { Hono } from 'hono'
import * as z from 'zod'
import { whoDoes } from '#functions/kit/authorise.ts'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { unknownJourney } from '#functions/kit/unknown-document.ts'
import { publishedJourneys } from '#shared/journeys/versions/live.ts'
import { steer } from '#shared/journeys/versions/steer.ts'

const Body = z.object({ by: z.string().min(1).max(200).default('the API') })

/** `POST /v1/journeys/{name}/pause`, `…/resume` and `…/retire`, with `{ "by": "Ada" }`. */
export const journeySteering = new Hono<HttpEnvironment>().post('/:name/:act{pause|resume|retire}', async (context) => {
  const { name, act } = context.req.param() as { name: string; act: 'pause' | 'resume' | 'retire' } // as the path says
  const world = context.get('world')
  if (!(await publishedJourneys(world)).has(name)) return unknownJourney(name)
  const body = Body.safeParse(await context.req.json().catch(() => ({})))
  if (!body.success) return problemResponse(400, 'http.bad-body', 'Send { "by": "your name" }.')
  return context.json({ name, ...(await steer(world, name, act, whoDoes(context, body.data.by))) })
})
