import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { whoDoes } from '#functions/kit/authorise.ts'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { checkBase, dropDraft, readDraft, saveDraft } from '#shared/documents/drafts.ts'
import { liveFiles } from '#shared/documents/kept-files.ts'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'
import { problemsResponse, type ReadFolder } from '../read-folder.ts'

const by = z.string().min(1).max(200).default('the API')

const Saving = z.strictObject({
  files: z.record(z.string().min(1), z.string()),
  /** The revision that was edited; 0 begins a draft. */
  revision: z.number().int().min(0),
  by,
})

const Publishing = z.strictObject({
  revision: z.number().int().min(1),
  by,
  from: z.enum(['console', 'api']).default('api'),
})

const SAVE = 'Send { "files": { "journeys/welcome.yaml": "…" }, "revision": 0, "by": "Ada" }.'

/**
 * Drafts beside what is live, as the console edits them. `PUT /v1/brand/documents/{kind}/{name}` saves one, for the
 * revision that was read; `GET` reads it; `DELETE` drops it; `POST …/publish` checks the whole folder with it and
 * publishes it, unless what it was begun on has changed.
 */
export function documentRoutes(readFolder: ReadFolder): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .put('/:kind/:name', async (context) => {
      const request = Saving.safeParse(await context.req.json())
      if (!request.success) return problemResponse(400, 'draft.bad-files', SAVE)
      return context.json(
        await saveDraft(context.get('world'), { ...context.req.param(), ...authored(context, request.data) }),
      )
    })
    .get('/:kind/:name', async (context) => {
      const { kind, name } = context.req.param()
      const draft = await readDraft(context.get('world'), kind, name)
      return draft === undefined ? noDraft(kind, name) : context.json(draft)
    })
    .delete('/:kind/:name', async (context) => {
      const { kind, name } = context.req.param()
      await dropDraft(context.get('world'), kind, name)
      return context.json({ dropped: true })
    })
    .post('/:kind/:name/publish', async (context) => {
      const { kind, name } = context.req.param()
      const request = Publishing.safeParse(await context.req.json())
      if (!request.success) return problemResponse(400, 'http.bad-body', 'Send { "revision": 1, "by": "Ada" }.')
      const { revision, ...origin } = authored(context, request.data)
      const world = context.get('world')
      const draft = await readDraft(world, kind, name)
      if (draft?.revision !== revision) return noDraft(kind, name)
      await checkBase(world, draft)
      const files = { ...(await liveFiles(world.table)), ...draft.files }
      const reading = await readFolder(files)
      if (!reading.ok) return problemsResponse(reading.problems)
      const published = await publishBrandFolder(world, reading.folder, { origin, files })
      await dropDraft(world, kind, name)
      return context.json({ published: published.filter(({ changed }) => changed) })
    })
}

/** Whoever signed in is who did it. */
function authored<Said extends { by: string }>(context: Context<HttpEnvironment>, said: Said): Said {
  return { ...said, by: whoDoes(context, said.by) }
}

function noDraft(kind: string, name: string): Response {
  const detail = `There is no such draft of ${kind} ${name}; read it again.`
  return problemResponse(404, 'draft.none', detail)
}
