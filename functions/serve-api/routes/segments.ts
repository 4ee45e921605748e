import { Hono } from 'hono'
import * as z from 'zod'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { unknownSegment } from '#functions/kit/unknown-document.ts'
import { listSegments, showSegment, sizeOf } from '#shared/insights/segments.ts'
import { retireSegment } from '#shared/journeys/versions/retire-segment.ts'

const Written = z.strictObject({ file: z.string(), text: z.string() })

/**
 * `GET /v1/segments`, `GET /v1/segments/{name}` with its size, `POST /v1/segments/size` with `{ "file": "lapsed.yaml", "text": "…" }`, and `POST /v1/segments/{name}/retire`.
 */
export const segments = new Hono<HttpEnvironment>()
  .get('/', async (context) => context.json({ segments: await listSegments(context.get('world')) }))
  .post('/size', async (context) => {
    const written = Written.safeParse(await context.req.json())
    if (!written.success) return problemResponse(400, 'http.bad-body', 'Send { "file": "…", "text": "…" }.')
    return context.json(await sizeOf(context.get('world'), written.data.file, written.data.text))
  })
  .get('/:name', async (context) => {
    const segment = await showSegment(context.get('world'), context.req.param('name'))
    return segment === undefined ? unknownSegment(context.req.param('name')) : context.json(segment)
  })
  .post('/:name/retire', async (context) => {
    await retireSegment(context.get('world'), context.req.param('name'))
    return context.json({ retired: context.req.param('name') })
  })
