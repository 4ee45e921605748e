import { livePublished, type Published, publishedVersion } from '../../documents/published.ts'
import { Misconfigured } from '../../errors/errors.ts'
import type { World } from '../../world/world.ts'
import { entryTypes } from '../entries/entry.ts'
import type { Journey } from '../journey.ts'
import { journeyControls } from './control.ts'

/** A published journey as the running system uses it. */
export interface JourneyContent {
  readonly document: Journey
  /** What `machines.start` takes. */
  readonly machine: string
}

export type LiveJourney = Published<JourneyContent>

type Live = ReadonlyMap<string, LiveJourney>

const entries = new WeakMap<Live, ReadonlyMap<string, readonly LiveJourney[]>>()

/** What is published, by name, whether it takes customers or not. */
export function publishedJourneys(world: Pick<World, 'table' | 'clock'>): Promise<Live> {
  return livePublished<JourneyContent>(world, 'journey')
}

const open = new WeakMap<Live, { readonly controls: unknown; readonly live: Live }>()

/** The journeys that take customers: all that are published and not retired. */
export async function liveJourneys(world: Pick<World, 'table' | 'clock'>): Promise<Live> {
  const [published, controls] = await Promise.all([publishedJourneys(world), journeyControls(world)])
  const known = open.get(published)
  if (known?.controls === controls) return known.live
  const live = new Map([...published].filter(([name]) => controls.get(name)?.retired === undefined))
  open.set(published, { controls, live })
  return live
}

/** The journeys among these that a touchpoint of this type may enter. */
export function enteredBy(live: Live, type: string): readonly LiveJourney[] {
  let byType = entries.get(live)
  if (byType === undefined) {
    byType = groupByType(live)
    entries.set(live, byType)
  }
  return byType.get(type) ?? []
}

function groupByType(live: Live): ReadonlyMap<string, readonly LiveJourney[]> {
  const pairs = [...live.values()].flatMap((journey) =>
    entryTypes(journey.content.document.enter).map((type) => ({ type, journey })),
  )
  const grouped = Map.groupBy(pairs, ({ type }) => type)
  return new Map([...grouped].map(([type, list]) => [type, list.map(({ journey }) => journey)]))
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
