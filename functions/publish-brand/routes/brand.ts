import { Hono } from 'hono'
import * as z from 'zod'
import { whoDoes } from '#functions/kit/authorise.ts'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { editsToPull, liveFiles, markPulled } from '#shared/documents/kept-files.ts'
import type { BrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { publishedJourneys } from '#shared/journeys/versions/live.ts'
import { planFor } from '#shared/journeys/versions/move.ts'
import { type MovePlan, MoveRules } from '#shared/journeys/versions/move-plan.ts'
import { publishBrandFolder, remarksOn } from '#shared/journeys/versions/publish.ts'
import type { World } from '#shared/world/world.ts'
import { problemsResponse, type ReadFolder } from '../read-folder.ts'
import { documentRoutes } from './documents.ts'

const files = z.record(z.string().min(1), z.string())
const by = z.string().min(1).max(200).default('the API')

const Folder = z.strictObject({
  files,
  by,
  from: z.enum(['folder', 'api']).default('api'),
  /** Also over what was edited elsewhere. */
  force: z.boolean().default(false),
})

const Planned = z.strictObject({ files, rules: MoveRules })
const Pulled = z.strictObject({ versions: z.record(z.string(), z.number().int()) })

/**
 * `POST /v1/brand` with `{ "files": { "brand.yaml": "…", … } }` checks a brand's folder and publishes all of it, or
 * nothing; `POST /v1/brand/moves` plans what would become of those inside its journeys. `GET /v1/brand/files` gives the
 * folder that is live, `GET /v1/brand/edits` what was edited elsewhere, and `POST /v1/brand/pulled` notes that it has come
 * into a folder.
 */
export function brandRoutes(readFolder: ReadFolder): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .post('/', async (context) => {
      const request = Folder.safeParse(await context.req.json())
      if (!request.success) return problemResponse(400, 'brand.no-files', 'Send { "files": { "brand.yaml": "…", … } }.')
      const { files, from, by, force } = request.data
      const world = context.get('world')
      const reading = await readFolder(files)
      if (!reading.ok) return problemsResponse(reading.problems)
      const origin = { from, by: whoDoes(context, by) }
      const published = await publishBrandFolder(world, reading.folder, { origin, files, force })
      return context.json({ published, remarks: await remarksOn(world, reading.folder), warnings: reading.warnings })
    })
    .post('/moves', async (context) => {
      const request = Planned.safeParse(await context.req.json())
      if (!request.success) return problemResponse(400, 'http.bad-body', 'Send { "files": { … }, "rules": { … } }.')
      const { files, rules } = request.data
      const reading = await readFolder(files)
      if (!reading.ok) return problemsResponse(reading.problems)
      return context.json({ plans: await plansFor(context.get('world'), reading.folder, rules) })
    })
    .get('/files', async (context) => context.json({ files: await liveFiles(context.get('world').table) }))
    .get('/edits', async (context) => context.json({ edits: await editsToPull(context.get('world')) }))
    .post('/pulled', async (context) => {
      const request = Pulled.safeParse(await context.req.json())
      if (!request.success)
        return problemResponse(400, 'http.bad-body', 'Send { "versions": { "journeys/welcome.yaml": 3 } }.')
      await markPulled(context.get('world'), request.data.versions)
      return context.json({ pulled: Object.keys(request.data.versions) })
    })
    .route('/documents', documentRoutes(readFolder))
}

/** Where a journey is published just as it is, those on that version have arrived. */
function plansFor(world: World, { journeys, sources }: BrandFolder, rules: MoveRules): Promise<readonly MovePlan[]> {
  return Promise.all(
    Object.entries(journeys).map(async ([name, journey]) => {
      const live = (await publishedJourneys(world)).get(name)
      const version = live?.source === sources[`journeys/${name}`] ? live?.version : undefined
      return planFor(world, name, journey, rules, version)
    }),
  )
}
