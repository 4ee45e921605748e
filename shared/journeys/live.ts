import { livePublished, type Published, publishedVersion } from '../documents/published.ts'
import { Misconfigured } from '../errors/errors.ts'
import type { World } from '../world/world.ts'
import type { Journey } from './journey.ts'

/** A published journey as the running system uses it. */
export interface JourneyContent {
  readonly document: Journey
  /** What `machines.start` takes. */
  readonly machine: string
}

export type LiveJourney = Published<JourneyContent>

type Live = ReadonlyMap<string, LiveJourney>

const entries = new WeakMap<Live, ReadonlyMap<string, readonly LiveJourney[]>>()

export function liveJourneys(world: Pick<World, 'table' | 'clock'>): Promise<Live> {
  return livePublished<JourneyContent>(world, 'journey')
}

/** The live journeys that a touchpoint of this type may enter. */
export function enteredBy(live: Live, type: string): readonly LiveJourney[] {
  let byType = entries.get(live)
  if (byType === undefined) {
    byType = Map.groupBy(live.values(), ({ content }) => content.document.enter.when)
    entries.set(live, byType)
  }
  return byType.get(type) ?? []
}

/**
 * The version a run is pinned to.
 * @throws Misconfigured when it is not there: somebody removed documents by hand.
 */
export async function journeyVersion(world: Pick<World, 'table'>, name: string, version: number): Promise<LiveJourney> {
  const found = await publishedVersion<JourneyContent>(world, 'journey', name, version)
  if (found !== undefined) return found
  throw new Misconfigured(
    'journey.version-missing',
    `Version ${version} of journey ${name} is not stored; restore its document row.`,
  )
}
