import { Hono } from 'hono'
import * as z from 'zod'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { unknownJourney } from '#functions/kit/unknown-document.ts'
import { recentEntrants } from '#shared/insights/entrants.ts'
import { liveFolder } from '#shared/journeys/folder/journey-folder.ts'

const Version = z.object({ version: z.coerce.number().int().min(1).optional() })
const Limit = z.object({ limit: z.coerce.number().int().min(1).max(200).default(20) })

/**
 * What a preview elsewhere needs of a published journey: `GET /v1/journeys/{name}/folder` (with `version`), all its
 * documents; `GET /v1/journeys/{name}/entrants` (with `limit`), customers who are in it.
 */
export const journeyCopies = new Hono<HttpEnvironment>()
  .get('/:name/folder', async (context) => {
    const { name } = context.req.param()
    const query = Version.safeParse(context.req.query())
    if (!query.success) return problemResponse(400, 'http.bad-query', 'version is the number of a version.')
    const folder = await liveFolder(context.get('world'), name, query.data.version)
    return folder === undefined ? unknownJourney(name) : context.json(folder)
  })
  .get('/:name/entrants', async (context) => {
    const query = Limit.safeParse(context.req.query())
    if (!query.success) return problemResponse(400, 'http.bad-query', 'limit is a number up to 200.')
    return context.json({
      customers: await recentEntrants(context.get('world'), context.req.param('name'), query.data.limit),
    })
  })
