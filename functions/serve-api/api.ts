import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { except } from 'hono/combine'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import type { World } from '#shared/world/world.ts'
import type { HttpEnvironment } from '../kit/on-http.ts'
import { problem, problemResponse } from '../kit/problem.ts'
import { requireToken } from './authorise.ts'
import type { ReadFolder } from './read-folder.ts'
import { brandRoutes } from './routes/brand.ts'
import { conversations } from './routes/conversations.ts'
import { customers } from './routes/customers.ts'
import { deadLetters } from './routes/dead-letters.ts'
import { events } from './routes/events.ts'
import { insights } from './routes/insights.ts'
import { journeyCopies } from './routes/journey-copies.ts'
import { journeyEnrolments } from './routes/journey-enrolments.ts'
import { journeyMoves } from './routes/journey-moves.ts'
import { journeySteering } from './routes/journey-steering.ts'
import { journeys } from './routes/journeys.ts'
import { links } from './routes/links.ts'
import { messages } from './routes/messages.ts'
import { segments } from './routes/segments.ts'

const MEGABYTE = 1024 * 1024

/**
 * The HTTP API. Everything under /v1 asks for the token; the links in messages prove themselves.
 * @param readFolder where the heavy work of compiling a brand's folder is done; here, unless told otherwise.
 */
export function api(world: World, readFolder: ReadFolder = readBrandFolder): Hono<HttpEnvironment> {
  const app = new Hono<HttpEnvironment>()
  app.use(async (context, next) => {
    context.set('world', world)
    await next()
  })
  app.onError((error) => problem(error, world.log))
  app.notFound(nothingHere)
  app.use('/v1/*', requireToken)
  app.use('*', except('/v1/brand/*', limitTo(1, 'send less at once')))
  app.use('/v1/brand/*', limitTo(8, 'leave out what is no document of the brand'))
  app.route('/v1/events', events)
  app.route('/v1/customers', customers)
  app.route('/v1/conversations', conversations)
  app.route('/v1/journeys', journeyCopies)
  app.route('/v1/journeys', journeySteering)
  app.route('/v1/journeys', journeyMoves)
  app.route('/v1/journeys', journeyEnrolments)
  app.route('/v1/journeys', journeys)
  app.route('/v1/brand', brandRoutes(readFolder))
  app.route('/v1/messages', messages)
  app.route('/v1/segments', segments)
  app.route('/v1/dead-letters', deadLetters)
  app.route('/v1/insights', insights)
  app.route('/', links)
  return app
}

export function nothingHere(): Response {
  return problemResponse(404, 'http.nothing-here', 'There is nothing at this address.')
}

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
