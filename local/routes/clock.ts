import { Hono } from 'hono'
import { problemResponse } from '#functions/kit/problem.ts'
import { parseDuration } from '#shared/time/duration.ts'
import type { LocalClock } from '../clock.ts'

/** The embedded world's time: `GET /` shows it, `POST /advance` skips forward, stopping at everything on the way. */
export function clockRoutes(clock: LocalClock): Hono {
  return new Hono()
    .get('/', (context) => context.json(stateOf(clock)))
    .post('/advance', async (context) => {
      const { duration } = (await context.req.json()) as { duration?: unknown }
      const milliseconds = typeof duration === 'string' ? parseDuration(duration) : undefined
      if (milliseconds === undefined) return problemResponse(400, 'clock.no-duration', 'Send { "duration": "2 days" }.')
      await clock.advance(milliseconds)
      return context.json(stateOf(clock))
    })
}

function stateOf(clock: LocalClock): { readonly now: string; readonly offsetMs: number } {
  return { now: new Date(clock.now()).toISOString(), offsetMs: clock.offset }
}
