import { events } from '#functions/collect-events/events.ts'
import { publishing } from '#functions/publish-brand/publishing.ts'
import { api } from '#functions/serve-api/api.ts'
import { links } from '#functions/serve-links/links.ts'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'

/** Every route of the HTTP API, as `GET /v1/journeys/:name`; what stands before many of them is none. */
export function routes(): readonly string[] {
  const all = [links, events, publishing(readBrandFolder), api].flatMap((app) => app.routes)
  const own = all.filter(({ method, path }) => method !== 'ALL' && !path.includes('*'))
  return [...new Set(own.map(({ method, path }) => `${method} ${path}`))]
}

/** Whether a request, as `GET /v1/journeys/welcome`, is one of a route. */
export function isOf(route: string, request: string): boolean {
  const pattern = route.replace(/:\w+(\{([^}]*)\})?/g, (_, _given, choice) =>
    choice === undefined ? '[^/]+' : `(${choice})`,
  )
  return new RegExp(`^${pattern}$`).test(request)
}
