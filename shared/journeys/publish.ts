import { BRAND } from '../dispatches/brand-documents.ts'
import { type DocumentKind, type Published, publishDocument } from '../documents/published.ts'
import type { World } from '../world/world.ts'
import type { BrandFolder } from './brand-folder.ts'
import { compileJourney } from './compile.ts'
import type { Journey } from './journey.ts'
import type { JourneyContent } from './live.ts'

type PublishWorld = Pick<World, 'table' | 'clock' | 'machines'>

/** What became of one document. */
export interface PublishedDocument {
  readonly kind: DocumentKind
  readonly name: string
  readonly version: number
  /** False when it was published before just as it is. */
  readonly changed: boolean
}

/**
 * Publishes a folder that has been checked: first what journeys point at, then the journeys. Documents that are as
 * they were keep their version; customers inside a journey stay on theirs.
 */
export async function publishBrandFolder(
  world: PublishWorld,
  folder: BrandFolder,
): Promise<readonly PublishedDocument[]> {
  const done: PublishedDocument[] = []
  const publish = async <T>(
    kind: DocumentKind,
    name: string,
    source: string,
    content: () => Promise<T> | T,
  ): Promise<void> => {
    done.push(resultOf(kind, await publishDocument(world, { kind, name, source, content })))
  }
  await publish('brand', BRAND, folder.sources.brand ?? '', () => folder.brand)
  for (const [name, rows] of Object.entries(folder.tables))
    await publish('table', name, JSON.stringify(rows), () => rows)
  for (const [name, message] of Object.entries(folder.messages))
    await publish('message', name, folder.sources[`messages/${name}`] ?? '', () => message)
  for (const [name, journey] of Object.entries(folder.journeys))
    await publish('journey', name, folder.sources[`journeys/${name}`] ?? '', () => journeyContent(world, journey))
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
