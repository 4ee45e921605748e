import { events } from '#functions/collect-events/events.ts'
import { httpApp, type Routes } from '#functions/kit/http-app.ts'
import { publishing } from '#functions/publish-brand/publishing.ts'
import type { ReadFolder } from '#functions/publish-brand/read-folder.ts'
import { api as everythingElse } from '#functions/serve-api/api.ts'
import { links } from '#functions/serve-links/links.ts'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import type { World } from '#shared/world/world.ts'

/**
 * The whole HTTP API in one app: what is deployed as several functions, the more specific paths first.
 * @param readFolder where a brand's folder is compiled; here, unless told otherwise
 */
export function api(world: World, readFolder: ReadFolder = readBrandFolder): Routes {
  return httpApp(world, links, events, publishing(readFolder), everythingElse)
}
