import { Hono } from 'hono'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { unknownJourney } from '#functions/kit/unknown-document.ts'
import { showEnrolment } from '#shared/insights/enrolment-view.ts'
import { entryProgress } from '#shared/insights/entry-progress.ts'
import { journeyCustomers } from '#shared/insights/journey-customers.ts'
import { describeSteps } from '#shared/journeys/describe-steps.ts'
import { describeEntry } from '#shared/journeys/entries/describe-entry.ts'
import { type JourneyControl, journeyControls, stateOf } from '#shared/journeys/versions/control.ts'
import { publishedJourneys } from '#shared/journeys/versions/live.ts'

/**
 * `GET /v1/journeys`, `GET /v1/journeys/{name}`, and `GET /v1/journeys/enrolments/{customer}/{enrolment}`;
 * `GET /v1/journeys/{name}/customers` counts who stands at each step.
 */
export const journeys = new Hono<HttpEnvironment>()
  .get('/', async (context) => {
    const published = await publishedJourneys(context.get('world'))
    const controls = await journeyControls(context.get('world'))
    return context.json({
      journeys: [...published.values()].map(({ name, version, publishedAt, content }) => ({
        name,
        version,
        ...steeringOf(controls.get(name)),
        publishedAt: new Date(publishedAt).toISOString(),
        purpose: content.document.purpose,
        entersOn: describeEntry(content.document.enter),
        description: content.document.description,
      })),
    })
  })
  .get('/enrolments/:customer/:enrolment', async (context) => {
    const { customer, enrolment } = context.req.param()
    const shown = await showEnrolment(context.get('world'), customer, enrolment)
    return shown === undefined
      ? problemResponse(404, 'enrolment.unknown', 'There is no such enrolment.')
      : context.json(shown)
  })
  .get('/:name/customers', async (context) => {
    const { name } = context.req.param()
    const customers = await journeyCustomers(context.get('world'), name)
    return customers === undefined ? unknownJourney(name) : context.json(customers)
  })
  .get('/:name', async (context) => {
    const { name } = context.req.param()
    const journey = (await publishedJourneys(context.get('world'))).get(name)
    if (journey === undefined) return unknownJourney(name)
    const { version, publishedAt, source, content, origin } = journey
    const controls = await journeyControls(context.get('world'))
    const steps = describeSteps(content.document.steps)
    return context.json({
      name,
      version,
      ...steeringOf(controls.get(name)),
      publishedAt: new Date(publishedAt).toISOString(),
      origin,
      machine: content.machine,
      entersOn: describeEntry(content.document.enter),
      entering: await entryProgress(context.get('world'), journey),
      steps,
      source,
    })
  })

/** Its state, and since when it is so and by whom. */
function steeringOf(control: JourneyControl | undefined) {
  const mark = control?.paused ?? control?.retired
  const since = mark && { since: new Date(mark.since).toISOString(), by: mark.by }
  return { state: stateOf(control), ...since }
}
