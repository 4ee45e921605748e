import { Hono } from 'hono'
import * as z from 'zod'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { unknownJourney } from '#functions/kit/unknown-document.ts'
import { publishedJourneys } from '#shared/journeys/versions/live.ts'
import { beginMove, moveProgress, planFor } from '#shared/journeys/versions/move.ts'
import { MoveRules } from '#shared/journeys/versions/move-plan.ts'

/** `go` carries the plan out; without it the plan is only shown. */
const Request = MoveRules.extend({ go: z.boolean().default(false) })

const BODY =
  'Send { "steps": { "old": "new" }, "stay": ["old"], "waits": "keep" | "restart" | "leave", "go": true }; all of it may be left out.'

/**
 * `POST /v1/journeys/{name}/moves` plans to move everybody to the live version, and with `go` begins it;
 * `GET /v1/journeys/{name}/moves/{job}` says how far it has come.
 */
export const journeyMoves = new Hono<HttpEnvironment>()
  .post('/:name/moves', async (context) => {
    const { name } = context.req.param()
    const world = context.get('world')
    const request = Request.safeParse(await context.req.json().catch(() => ({})))
    if (!request.success) return problemResponse(400, 'journey.bad-move', BODY)
    const live = (await publishedJourneys(world)).get(name)
    if (live === undefined) return unknownJourney(name)
    const { go, ...rules } = request.data
    if (go) return context.json(await beginMove(world, name, rules))
    return context.json({ plan: await planFor(world, name, live.content.document, rules, live.version) })
  })
  .get('/:name/moves/:job', async (context) => {
    const progress = await moveProgress(context.get('world'), context.req.param('job'))
    return progress === undefined
      ? problemResponse(404, 'move.unknown', 'There is no such move.')
      : context.json(progress)
  })
