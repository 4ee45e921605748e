import { Conflict } from '../errors/errors.ts'
import type { Item, Table } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { forget } from './fresh.ts'
import { hashOf, headKey, headsOf, type Origin, publishDocument, versionsOf } from './published.ts'

/*
 * The files of the brand's folder as they were last published, each with who published it from where. So a folder and
 * the console can edit the same documents, and neither undoes the other's work unasked.
 */

/** By path inside the brand's folder. */
type Files = Readonly<Record<string, string>>

/** A file whose last edit was made elsewhere and has not come into a folder. */
export interface Edit {
  readonly path: string
  readonly text: string
  readonly version: number
  readonly origin: Origin
  readonly editedAt: number
  /** The hashes of what the file was before. */
  readonly before: readonly string[]
}

export async function liveFiles(table: Table): Promise<Files> {
  const heads = await headsOf(table, 'file')
  return Object.fromEntries(heads.map(({ sk, source }) => [sk, String(source)]))
}

/** The versions of the files as they are live; one that there is not has none. */
export async function liveVersions(table: Table, paths: readonly string[]): Promise<Readonly<Record<string, number>>> {
  const heads = await headsOf(table, 'file')
  return Object.fromEntries(heads.flatMap(({ sk, version = 0 }) => (paths.includes(sk) ? [[sk, version]] : [])))
}

/**
 * Sees to it that a folder does not undo what was edited elsewhere meanwhile.
 * @throws Conflict that names each such file, who edited it and when, and the two ways out
 */
export async function refuseNewerEdits({ table }: Pick<World, 'table'>, files: Files): Promise<void> {
  const heads = await headsOf(table, 'file')
  const newer = heads.filter((head) => isNewer(head) && files[head.sk] !== undefined && files[head.sk] !== head.source)
  if (newer.length === 0) return
  const edits = newer.map(({ sk, origin, publishedAt }) => {
    const { from, by } = origin as Origin
    return `${sk} was edited by ${by} in the ${from} on ${new Date(Number(publishedAt)).toISOString()}.`
  })
  const remedy = '"throughline pull" brings that into the folder; --force publishes over it.'
  throw new Conflict('document.newer-edit', [...edits, remedy].join(' '))
}

/** Keeps the files as they are published now. What a folder has too, has come into a folder. */
export async function keepFiles(world: Pick<World, 'table' | 'clock'>, files: Files, origin: Origin): Promise<void> {
  const known = new Map((await headsOf(world.table, 'file')).map((head) => [head.sk, head]))
  for (const [path, text] of Object.entries(files)) {
    const head = known.get(path)
    if (head?.source !== text)
      await publishDocument(world, { kind: 'file', name: path, source: text, content: () => null, origin })
    else if (origin.from === 'folder' && isNewer(head)) await markPulled(world, { [path]: Number(head.version) })
  }
}

/** What was edited elsewhere and is in no folder yet. */
export async function editsToPull({ table }: Pick<World, 'table'>): Promise<readonly Edit[]> {
  const heads = (await headsOf(table, 'file')).filter(isNewer)
  return Promise.all(
    heads.map(async ({ sk: path, source, version = 0, origin, publishedAt }) => ({
      path,
      text: String(source),
      version,
      origin: origin as Origin,
      editedAt: Number(publishedAt),
      before: (await versionsOf(table, 'file', path)).map((one) => hashOf(String(one.source))),
    })),
  )
}

/** Notes that these edits have come into a folder; one that has been edited again since is left. */
export async function markPulled(
  { table }: Pick<World, 'table'>,
  versions: Readonly<Record<string, number>>,
): Promise<void> {
  for (const [path, version] of Object.entries(versions))
    await table.write([{ set: headKey('file', path), attributes: { pulled: true }, when: { versionIs: version } }])
  forget(table)
}

function isNewer({ origin, pulled }: Item & { readonly origin?: Origin; readonly pulled?: boolean }): boolean {
  return origin !== undefined && origin.from !== 'folder' && pulled !== true
}
