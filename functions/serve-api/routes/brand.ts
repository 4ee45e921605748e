import { Hono } from 'hono'
import * as z from 'zod'
import type { HttpEnvironment } from '#functions/kit/on-http.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { describeProblem } from '#shared/documents/document.ts'
import type { Files, FolderReading } from '#shared/journeys/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/publish.ts'

const Folder = z.strictObject({ files: z.record(z.string().min(1), z.string()) })

/** Reads and checks a brand's folder. */
export type ReadFolder = (files: Files) => Promise<FolderReading>

/** `POST /v1/brand` with `{ "files": { "brand.yaml": "…", … } }`: checks a brand's folder and publishes all of it, or nothing. */
export function brandRoutes(readFolder: ReadFolder): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().post('/', async (context) => {
    const folder = Folder.safeParse(await context.req.json())
    if (!folder.success)
      return problemResponse(400, 'Send { "files": { "brand.yaml": "…", … } }.', { code: 'brand.no-files' })
    const reading = await readFolder(folder.data.files)
    if (reading.ok) return context.json({ published: await publishBrandFolder(context.get('world'), reading.folder) })
    const { problems } = reading
    return problemResponse(422, problems.map(describeProblem).join('\n'), { code: 'brand.problems', problems })
  })
}
