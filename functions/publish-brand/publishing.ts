import { Hono } from 'hono'
import { requireRole } from '../kit/authorise.ts'
import { limitTo, type Routes } from '../kit/http-app.ts'
import type { ReadFolder } from './read-folder.ts'
import { brandRoutes } from './routes/brand.ts'
import { journeyMoves } from './routes/journey-moves.ts'

/**
 * What makes machines: publishing, and moving those inside a journey.
 * @param readFolder where the heavy work of compiling a brand's folder is done
 */
export function publishing(readFolder: ReadFolder): Routes {
  const routes: Routes = new Hono()
  routes.use('/v1/brand/*', requireRole, limitTo(4, 'leave out what is no document of the brand'))
  routes.use('/v1/journeys/:name/moves/*', requireRole, limitTo(1, 'send less at once'))
  routes.route('/v1/brand', brandRoutes(readFolder))
  routes.route('/v1/journeys', journeyMoves)
  return routes
}
