import * as z from 'zod'
import { Conflict, InvalidInput } from '../../errors/errors.ts'
import { STARTED } from '../../journeys/entries/entry.ts'
import { stableId } from '../../journeys/runs/run.ts'
import { liveJourneys, publishedJourneys } from '../../journeys/versions/live.ts'
import { type Acceptance, type AcceptWorld, acceptEvents } from './accept-events.ts'

/** Who is to enter, and with what. */
const Enrolment = z.strictObject({
  customer: z.record(z.string(), z.unknown()),
  properties: z.record(z.string(), z.unknown()).default({}),
  /** The same for the same request, so that one that is repeated enrols her once. */
  id: z.string().min(1).max(128).optional(),
})

/**
 * Takes an app's word that a customer enters a journey; what comes of it, also a refusal, stands in her thread.
 * @returns undefined when there is no such journey.
 * @throws InvalidInput when the request cannot be read, Conflict when the journey takes nobody in this way.
 */
export async function askToEnrol(world: AcceptWorld, name: string, request: unknown): Promise<Acceptance | undefined> {
  const journey = (await publishedJourneys(world)).get(name)
  if (journey === undefined) return undefined
  if (journey.content.document.enter.on.kind !== 'api')
    throw new Conflict('journey.not-by-api', `Nobody enters ${name} by the API; write "enter: { api: yes }" in it.`)
  if (!(await liveJourneys(world)).has(name))
    throw new Conflict('journey.retired', `Journey ${name} is retired and takes nobody new; resume it first.`)
  const read = Enrolment.safeParse(request)
  if (!read.success)
    throw new InvalidInput(
      'journey.bad-enrolment',
      'Send { "customer": { "userId": "…" }, "properties": { … }, "id": "…" }; the last two may be left out.',
    )
  const { customer: identifiers, properties, id } = read.data
  const event = {
    ...(id === undefined ? {} : { id: stableId('api', name, id) }),
    type: STARTED,
    channel: 'api',
    identifiers,
    properties: { ...properties, journey: name, by: 'api' },
  }
  return (await acceptEvents(world, [event]))[0]
}
