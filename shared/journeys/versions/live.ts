import { livePublished, type Published, publishedVersion } from '../../documents/published.ts'
import { Misconfigured } from '../../errors/errors.ts'
import type { World } from '../../world/world.ts'
import { type Entry, entryTypes } from '../entries/entry.ts'
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

const read = new WeakMap<Live, Live>()

/** What is published, by name, whether it takes customers or not. */
export async function publishedJourneys(world: Pick<World, 'table' | 'clock'>): Promise<Live> {
  const stored = await livePublished<JourneyContent>(world, 'journey')
  const known = read.get(stored)
  if (known !== undefined) return known
  const journeys = new Map([...stored].map(([name, journey]) => [name, readStored(journey)]))
  read.set(stored, journeys)
  return journeys
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

/** Versions are stored for good: those from when a touchpoint was the only entry say it by `when`. */
function readStored(journey: LiveJourney): LiveJourney {
  const { document } = journey.content
  const { when, ...rules } = document.enter as Entry & { readonly when?: string }
  if (when === undefined) return journey
  const enter: Entry = { ...rules, on: { kind: 'touchpoint', type: when } }
  return { ...journey, content: { ...journey.content, document: { ...document, enter } } }
}

/**
 * The version a run is pinned to.
 * @throws Misconfigured when it is not there: somebody removed documents by hand.
 */
export async function journeyVersion(world: Pick<World, 'table'>, name: string, version: number): Promise<LiveJourney> {
  const found = await publishedVersion<JourneyContent>(world, 'journey', name, version)
  if (found !== undefined) return readStored(found)
  throw new Misconfigured(
    'journey.version-missing',
    `Version ${version} of journey ${name} is not stored; restore its document row.`,
  )
}
