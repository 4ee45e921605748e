import { Hono } from 'hono'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { countersBetween } from '#shared/insights/read-counters.ts'

const DAY = /^\d{4}-\d\d-\d\d$/

/** `GET /v1/insights?from=2026-11-01&to=2026-11-21`: counters per day (UTC). */
export const insights = new Hono<HttpEnvironment>().get('/', async (context) => {
  const today = new Date(context.get('world').clock.now()).toISOString().slice(0, 10)
  const { from = today, to = today } = context.req.query()
  if (!DAY.test(from) || !DAY.test(to))
    return problemResponse(400, 'http.bad-query', 'A day is written as in 2026-11-21.')
  return context.json({ days: await countersBetween(context.get('world'), from, to) })
})
