import { Hono } from 'hono'
import type { HttpEnvironment } from '#functions/kit/on-http.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { showEnrolment } from '#shared/insights/enrolment-view.ts'
import { describeSteps } from '#shared/journeys/describe-steps.ts'
import { liveJourneys } from '#shared/journeys/live.ts'

/** `GET /v1/journeys`, `GET /v1/journeys/{name}`, and `GET /v1/journeys/enrolments/{customer}/{enrolment}`. */
export const journeys = new Hono<HttpEnvironment>()
  .get('/', async (context) => {
    const live = await liveJourneys(context.get('world'))
    return context.json({
      journeys: [...live.values()].map(({ name, version, publishedAt, content }) => ({
        name,
        version,
        publishedAt: new Date(publishedAt).toISOString(),
        purpose: content.document.purpose,
        entersOn: content.document.enter.when,
        description: content.document.description,
      })),
    })
  })
  .get('/enrolments/:customer/:enrolment', async (context) => {
    const { customer, enrolment } = context.req.param()
    const shown = await showEnrolment(context.get('world'), customer, enrolment)
    return shown === undefined ? problemResponse(404, 'There is no such enrolment.') : context.json(shown)
  })
  .get('/:name', async (context) => {
    const { name } = context.req.param()
    const journey = (await liveJourneys(context.get('world'))).get(name)
    if (journey === undefined) return problemResponse(404, `No journey "${name}" is published.`)
    const { version, publishedAt, source, content } = journey
    const steps = describeSteps(content.document.steps)
    return context.json({
      name,
      version,
      publishedAt: new Date(publishedAt).toISOString(),
      machine: content.machine,
      steps,
      source,
    })
  })
