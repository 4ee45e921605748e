import { Conflict, InvalidInput } from '../../errors/errors.ts'
import { liveSegments } from '../../segments/live-segments.ts'
import { needs } from '../../segments/needs.ts'
import { beginBackfill, publishSegments } from '../../segments/publish-segments.ts'
import type { World } from '../../world/world.ts'
import type { Journey } from '../journey.ts'
import { kindOf } from '../steps/catalog.ts'
import { conditionReferences } from '../steps/condition-references.ts'
import { allSteps } from '../steps/name-steps.ts'
import { liveJourneys } from './live.ts'

/**
 * Takes a segment off: from now on nobody is in it.
 * @throws InvalidInput when no such segment is live, Conflict when a segment or a journey that is live asks for it.
 */
export async function retireSegment(world: Pick<World, 'table' | 'clock'>, name: string): Promise<void> {
  const { ordered } = await liveSegments(world)
  if (ordered.every((segment) => segment.name !== name))
    throw new InvalidInput('segment.unknown', `No segment "${name}" is published.`)
  const journeys = [...(await liveJourneys(world)).values()].filter(({ content }) => asksFor(content.document, name))
  const users = [
    ...ordered
      .filter(({ condition }) => needs(condition).segments.includes(name))
      .map((other) => `segment ${other.name}`),
    ...journeys.map((journey) => `journey ${journey.name}`),
  ]
  if (users.length > 0)
    throw new Conflict('segment.in-use', `It is asked for by ${users.join(', ')}: change or retire those first.`)
  await publishSegments(world, [{ name, source: 'retired' }])
  await beginBackfill(world)
}

function asksFor({ enter, exit, goal, steps }: Journey, name: string): boolean {
  if ('segment' in enter.on && enter.on.segment === name) return true
  const doors = [enter.if, ...exit.map((one) => one.if), goal?.where].filter((condition) => condition !== undefined)
  const references = [
    ...conditionReferences(doors),
    ...allSteps(steps).flatMap((step) => kindOf(step).references(step)),
  ]
  return references.some((reference) => reference.kind === 'segment' && reference.name === name)
}
