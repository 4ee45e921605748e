import { styleText } from 'node:util'
import { readBrandFiles } from '#local/brand-files.ts'
import type { Problem } from '#shared/documents/document.ts'
import type { Bounds } from '#shared/journeys/check/bounds-of.ts'
import type { Files, FolderReading } from '#shared/journeys/folder/brand-folder.ts'
import { boundsText } from './bounds-text.ts'
import { githubAnnotations } from './github-annotations.ts'
import { byPlace, count, problemReport } from './problem-report.ts'

/** A brand's folder as it was read and checked. */
export interface CheckedFolder {
  readonly folder: string
  readonly files: Files
  readonly reading: FolderReading
  readonly problems: readonly Problem[]
}

/** @throws InvalidInput when it is no brand's folder */
export async function checkFolder(folder: string): Promise<CheckedFolder> {
  // Compiling email is slow to load, and few commands do it.
  const { readBrandFolder } = await import('#shared/journeys/folder/brand-folder.ts')
  const files = readBrandFiles(folder)
  const reading = await readBrandFolder(files)
  return { folder, files, reading, problems: byPlace(reading.ok ? reading.warnings : reading.problems) }
}

export type BoundsByJourney = Readonly<Record<string, Bounds>>

/** For every journey, what holds on all its paths; undefined while something is wrong. */
export async function boundsIn({ reading }: CheckedFolder): Promise<BoundsByJourney | undefined> {
  if (!reading.ok) return undefined
  const { boundsOf } = await import('#shared/journeys/check/bounds-of.ts')
  const { brand, journeys } = reading.folder
  return Object.fromEntries(Object.entries(journeys).map(([name, journey]) => [name, boundsOf(journey, brand)]))
}

export function folderText({ folder, files, reading, problems }: CheckedFolder, bounds: BoundsByJourney = {}): string {
  const report = problems.length === 0 ? [] : [problemReport(problems, files, folder)]
  if (!reading.ok) return report.join('\n')
  const { sources, tables } = reading.folder
  const documents = count(Object.keys(sources).length + Object.keys(tables).length, 'document')
  const sound = `${styleText('green', '✓')} ${folder}: ${documents}, ${problems.length === 0 ? 'no problems' : 'nothing that keeps from publishing'}`
  const proved =
    Object.keys(bounds).length === 0 ? [] : ['', 'For every path and every customer, one run:', boundsText(bounds)]
  return [...report, sound, ...proved].join('\n')
}

/** Tells GitHub of problems where it asked for it, or runs us. */
export function annotate({ folder, problems }: Pick<CheckedFolder, 'folder' | 'problems'>, asked = false): void {
  if (problems.length === 0 || !(asked || process.env.GITHUB_ACTIONS === 'true')) return
  console.log(githubAnnotations(problems, folder, process.env.GITHUB_WORKSPACE ?? process.cwd()))
}
