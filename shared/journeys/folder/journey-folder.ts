import type { Brand } from '../../brand/brand.ts'
import { liveBrand } from '../../dispatches/brand-documents.ts'
import { livePublished } from '../../documents/published.ts'
import type { CompiledMessage } from '../../messages/message-document.ts'
import { liveSegments } from '../../segments/live-segments.ts'
import type { World } from '../../world/world.ts'
import type { Journey } from '../journey.ts'
import { kindOf } from '../steps/catalog.ts'
import { allSteps } from '../steps/name-steps.ts'
import type { Reference } from '../steps/step-kind.ts'
import { journeyVersion, publishedJourneys } from '../versions/live.ts'
import type { BrandFolder } from './brand-folder.ts'
import type { TableRow } from './parse-table.ts'

/** The names of a kind that the steps of a journey point at. */
export function namedIn({ steps }: Pick<Journey, 'steps'>, kind: Reference['kind']): readonly string[] {
  const references = allSteps(steps).flatMap((step) => kindOf(step).references(step))
  return [...new Set(references.filter((reference) => reference.kind === kind).map(({ name }) => name))]
}

/** The journey, and those that it starts, and so on. */
export function journeysFrom(name: string, find: (name: string) => Journey | undefined): ReadonlyMap<string, Journey> {
  const found = new Map<string, Journey>()
  const follow = (next: string): void => {
    const journey = find(next)
    if (journey === undefined || found.has(next)) return
    found.set(next, journey)
    for (const started of namedIn(journey, 'journey')) follow(started)
  }
  follow(name)
  return found
}

/**
 * What is live, as far as one journey needs it, as a folder that can be published elsewhere.
 * @param version one of the journey; the live one, unless told otherwise.
 * @returns undefined when no such journey is published.
 * @throws Misconfigured when it has no such version.
 */
export async function liveFolder(
  world: Pick<World, 'table' | 'clock'>,
  name: string,
  version?: number,
): Promise<BrandFolder | undefined> {
  const live = await publishedJourneys(world)
  if (live.get(name) === undefined) return undefined
  const chosen = version === undefined ? live.get(name) : await journeyVersion(world, name, version)
  const journeys = journeysFrom(name, (next) => (next === name ? chosen : live.get(next))?.content.document)
  const wanted = new Set([...journeys.values()].flatMap((journey) => namedIn(journey, 'message')))
  const messages = contents<CompiledMessage>(await livePublished(world, 'message'), (message) => wanted.has(message))
  const brand: Brand = await liveBrand(world)
  return {
    brand,
    tables: contents<readonly TableRow[]>(await livePublished(world, 'table')),
    messages,
    segments: await segmentsOf(world),
    journeys: Object.fromEntries(journeys),
    sources: Object.fromEntries([...journeys.keys()].map((one) => [`journeys/${one}`, live.get(one)?.source ?? ''])),
  }
}

async function segmentsOf(world: Pick<World, 'table' | 'clock'>): Promise<BrandFolder['segments']> {
  const { ordered } = await liveSegments(world)
  return Object.fromEntries(
    ordered.map(({ name, description, condition }) => [name, { segment: name, description, if: condition }]),
  )
}

function contents<T>(
  live: ReadonlyMap<string, { readonly content: unknown }>,
  isWanted: (name: string) => boolean = () => true,
): Record<string, T> {
  return Object.fromEntries([...live].flatMap(([name, { content }]) => (isWanted(name) ? [[name, content as T]] : [])))
}
