import { Conflict, InvalidInput } from '../errors/errors.ts'
import type { Item, Key } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { liveVersions } from './kept-files.ts'

/** The kinds of documents that people write, and the files each is made of. */
const PATHS: Readonly<Record<string, (name: string) => RegExp>> = {
  brand: () => /^brand\.yaml$/,
  journey: (name) => new RegExp(`^journeys/${name}\\.ya?ml$`),
  segment: (name) => new RegExp(`^segments/${name}\\.ya?ml$`),
  message: (name) => new RegExp(`^messages/${name}/[^/]+$`),
}

/** A document that somebody is at work on, beside the one that is live. */
export interface DocumentDraft {
  readonly kind: string
  readonly name: string
  /** Its files by path. */
  readonly files: Readonly<Record<string, string>>
  /** The live versions of those files that it was begun on. */
  readonly base: Readonly<Record<string, number>>
  /** Counts how often it was saved. */
  readonly revision: number
  readonly savedAt: number
  readonly by: string
}

interface Saving extends Pick<DocumentDraft, 'kind' | 'name' | 'files' | 'by'> {
  /** The revision that was edited; 0 begins a draft. */
  readonly revision: number
}

/**
 * Saves a draft.
 * @throws InvalidInput for a file that is not of the document, Conflict when somebody else saved it meanwhile
 */
export async function saveDraft(
  { table, clock }: Pick<World, 'table' | 'clock'>,
  { kind, name, files, by, revision }: Saving,
): Promise<DocumentDraft> {
  checkPaths(kind, name, Object.keys(files))
  const before = await readDraft({ table }, kind, name)
  const base = before?.base ?? (await liveVersions(table, Object.keys(files)))
  const draft = { kind, name, files, base, by, revision: revision + 1, savedAt: clock.now() }
  const when = revision === 0 ? ('absent' as const) : ({ attributeIs: ['revision', revision] } as const)
  const { committed } = await table.write([{ put: { ...draftKey(kind, name), ...draft }, when }])
  if (committed) return draft
  const state = before === undefined ? 'has been published or dropped' : `was saved by ${before.by}`
  throw new Conflict('draft.saved-meanwhile', `The draft of ${kind} ${name} ${state} meanwhile; read it again.`)
}

export async function readDraft(
  { table }: Pick<World, 'table'>,
  kind: string,
  name: string,
): Promise<DocumentDraft | undefined> {
  const item = await table.get(draftKey(kind, name))
  if (item === undefined) return undefined
  const { pk: _pk, sk: _sk, ...draft } = item as Item & DocumentDraft
  return draft
}

/** @throws Conflict when what is live has changed since the draft was begun */
export async function checkBase({ table }: Pick<World, 'table'>, { kind, name, files, base }: DocumentDraft) {
  const live = await liveVersions(table, Object.keys(files))
  const changed = Object.keys(files).filter((path) => live[path] !== base[path])
  if (changed.length > 0)
    throw new Conflict(
      'draft.outdated',
      `${changed.join(' and ')} was published after the draft of ${kind} ${name} was begun; look at both, and save it again.`,
    )
}

export async function dropDraft({ table }: Pick<World, 'table'>, kind: string, name: string): Promise<void> {
  await table.write([{ remove: draftKey(kind, name) }])
}

function draftKey(kind: string, name: string): Key {
  return { pk: 'DRAFT', sk: `${kind}/${name}` }
}

function checkPaths(kind: string, name: string, paths: readonly string[]): void {
  const pattern = /^[a-z0-9][a-z0-9-]*$/.test(name) ? PATHS[kind]?.(name) : undefined
  const stranger = paths.find((path) => pattern?.test(path) !== true)
  if (pattern !== undefined && paths.length > 0 && stranger === undefined) return
  const what =
    pattern === undefined ? `There is no document "${kind} ${name}".` : `${stranger ?? 'No file'} is none of its files.`
  throw new InvalidInput('draft.bad-files', `${what} A draft has the files of one document, as journeys/welcome.yaml.`)
}
