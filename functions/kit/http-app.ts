import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Person } from '#shared/world/sign-in.ts'
import type { World } from '#shared/world/world.ts'
import { problem, problemResponse } from './problem.ts'

/** What every route finds in its context. */
export interface HttpEnvironment {
  Variables: {
    world: World
    /** Absent where the installation's token was sent. */
    person?: Person
  }
}

/** Routes of a function, or a group of them. */
export type Routes = Hono<HttpEnvironment>

/** The routes as an app: each finds the world, and everything else is answered with a problem. */
export function httpApp(world: World, ...groups: readonly Routes[]): Routes {
  const app = new Hono<HttpEnvironment>()
  app.use(async (context, next) => {
    context.set('world', world)
    await next()
  })
  app.onError((error) => problem(error, world.log))
  app.notFound(nothingHere)
  for (const group of groups) app.route('/', group)
  return app
}

export function nothingHere(): Response {
  return problemResponse(404, 'http.nothing-here', 'There is nothing at this address.')
}

const MEGABYTE = 1024 * 1024

/** Refuses larger bodies. The rest of one is not read, so the connection cannot be used again. */
export function limitTo(megabytes: number, remedy: string): MiddlewareHandler {
  return bodyLimit({
    maxSize: megabytes * MEGABYTE,
    onError: () => {
      const response = problemResponse(413, 'http.too-large', `A request may have ${megabytes} MB here; ${remedy}.`)
      response.headers.set('connection', 'close')
      return response
    },
  })
}
