import { Hono } from 'hono'
import { requireRole } from '../kit/authorise.ts'
import { limitTo, type Routes } from '../kit/http-app.ts'
import { conversations } from './routes/conversations.ts'
import { customers } from './routes/customers.ts'
import { deadLetters } from './routes/dead-letters.ts'
import { insights } from './routes/insights.ts'
import { journeyCopies } from './routes/journey-copies.ts'
import { journeyEnrolments } from './routes/journey-enrolments.ts'
import { journeySteering } from './routes/journey-steering.ts'
import { journeys } from './routes/journeys.ts'
import { me } from './routes/me.ts'
import { messages } from './routes/messages.ts'
import { segments } from './routes/segments.ts'

/** Everything under /v1 that no other function answers. */
export const api: Routes = new Hono()
api.use('/v1/*', requireRole, limitTo(1, 'send less at once'))
api.route('/v1/me', me)
api.route('/v1/customers', customers)
api.route('/v1/conversations', conversations)
api.route('/v1/journeys', journeyCopies)
api.route('/v1/journeys', journeySteering)
api.route('/v1/journeys', journeyEnrolments)
api.route('/v1/journeys', journeys)
api.route('/v1/messages', messages)
api.route('/v1/segments', segments)
api.route('/v1/dead-letters', deadLetters)
api.route('/v1/insights', insights)
