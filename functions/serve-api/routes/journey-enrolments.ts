import { Hono } from 'hono'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { unknownJourney } from '#functions/kit/unknown-document.ts'
import { askToEnrol } from '#shared/recording/doors/ask-to-enrol.ts'

/** `POST /v1/journeys/{name}/enrolments`, with `{ "customer": { "userId": "ada" }, "properties": { … }, "id": "…" }`. */
export const journeyEnrolments = new Hono<HttpEnvironment>().post('/:name/enrolments', async (context) => {
  const { name } = context.req.param()
  const accepted = await askToEnrol(context.get('world'), name, await context.req.json())
  if (accepted === undefined) return unknownJourney(name)
  return context.json(accepted, accepted.status === 'accepted' ? 202 : 400)
})
