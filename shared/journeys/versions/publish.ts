import { BRAND } from '../../dispatches/brand-documents.ts'
import { keepFiles, refuseNewerEdits } from '../../documents/kept-files.ts'
import { type DocumentKind, type Origin, type Published, publishDocument } from '../../documents/published.ts'
import { beginBackfill, publishSegments } from '../../segments/publish-segments.ts'
import type { World } from '../../world/world.ts'
import { COMPILER, compileJourney } from '../compile.ts'
import { beginEntry } from '../entries/entry-jobs.ts'
import type { BrandFolder, Files } from '../folder/brand-folder.ts'
import type { Journey } from '../journey.ts'
import { type JourneyState, journeyControls, stateOf } from './control.ts'
import { type JourneyContent, liveJourneys, publishedJourneys } from './live.ts'

type PublishWorld = Pick<World, 'table' | 'clock' | 'machines'>

/** What became of one document. */
export interface PublishedDocument {
  readonly kind: DocumentKind
  readonly name: string
  readonly version: number
  /** False when it was published before just as it is. */
  readonly changed: boolean
}

/** Who publishes, and the files that the folder was read from. */
interface Publication {
  readonly origin?: Origin | undefined
  readonly files?: Files
  /** Also over what was edited elsewhere. */
  readonly force?: boolean
}

/**
 * Publishes a folder that has been checked: first what journeys point at, then the journeys. Documents that are as
 * they were keep their version; customers inside a journey stay on theirs.
 * @throws Conflict when a folder would undo what was edited elsewhere: then nothing is published
 */
export async function publishBrandFolder(
  world: PublishWorld,
  folder: BrandFolder,
  { origin, files = {}, force = false }: Publication = {},
): Promise<readonly PublishedDocument[]> {
  if (origin?.from === 'folder' && !force) await refuseNewerEdits(world, files)
  const done: PublishedDocument[] = []
  const publish = async <T>(
    kind: DocumentKind,
    name: string,
    source: string,
    content: () => Promise<T> | T,
    maker?: string,
  ): Promise<void> => {
    done.push(resultOf(kind, await publishDocument(world, { kind, name, source, maker, content, origin })))
  }
  await publish('brand', BRAND, folder.sources.brand ?? '', () => folder.brand)
  for (const [name, rows] of Object.entries(folder.tables))
    await publish('table', name, JSON.stringify(rows), () => rows)
  for (const [name, message] of Object.entries(folder.messages))
    await publish('message', name, folder.sources[`messages/${name}`] ?? '', () => message)
  const segments = Object.entries(folder.segments).map(([name, document]) => ({
    name,
    document,
    source: folder.sources[`segments/${name}`] ?? '',
  }))
  for (const segment of await publishSegments(world, segments)) done.push(resultOf('segment', segment))
  for (const [name, journey] of Object.entries(folder.journeys))
    await publish(
      'journey',
      name,
      folder.sources[`journeys/${name}`] ?? '',
      () => journeyContent(world, journey),
      COMPILER,
    )
  if (origin !== undefined) await keepFiles(world, files, origin)
  await beginBackfill(world)
  const published = await publishedJourneys(world)
  for (const name of Object.keys(folder.journeys)) {
    const journey = published.get(name)
    if (journey !== undefined) await beginEntry(world, journey, folder.brand)
  }
  return done
}

async function journeyContent({ machines }: PublishWorld, document: Journey): Promise<JourneyContent> {
  const { machine } = await machines.publish(document.journey, compileJourney(document))
  return { document, machine }
}

function resultOf<T>(
  kind: DocumentKind,
  { name, version, changed }: Published<T> & { readonly changed: boolean },
): PublishedDocument {
  return { kind, name, version, changed }
}

/** What a marketer is told of the journeys beside what was published. */
export async function remarksOn(
  world: Pick<World, 'table' | 'clock'>,
  folder: Pick<BrandFolder, 'journeys' | 'brand'>,
): Promise<readonly string[]> {
  const controls = await journeyControls(world)
  const absent = [...(await liveJourneys(world)).values()].filter(({ name }) => !(name in folder.journeys))
  return [
    ...Object.keys(folder.journeys).flatMap((name) => stateRemark(name, stateOf(controls.get(name)))),
    ...absentRemark(absent.map(({ name }) => name)),
    ...absent.flatMap(({ name, content }) => purposeRemark(name, content.document.purpose, folder)),
  ]
}

function absentRemark(names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  const remedy =
    '"throughline journeys retire <name>" takes one out of service, "throughline pull" brings here what the console made.'
  return [`Live, but not in this folder: ${names.join(', ')}; ${remedy}`]
}

/** It was published with another brand.yaml, and nothing checks it against this one. */
function purposeRemark(name: string, purpose: string, { brand }: Pick<BrandFolder, 'brand'>): readonly string[] {
  if (Object.hasOwn(brand.purposes, purpose)) return []
  return [`${name} fails when it sends: brand.yaml has no purpose ${purpose} any more; put it back, or retire ${name}.`]
}

function stateRemark(name: string, state: JourneyState): readonly string[] {
  return state === 'live' ? [] : [`${name} is still ${state}; "throughline journeys resume ${name}" makes it live.`]
}
