import { createHash } from 'node:crypto'
import { describeProblem } from '#shared/documents/document.ts'
import { isNamed } from '#shared/errors/errors.ts'
import { COMPILER } from '#shared/journeys/compile.ts'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'
import type { World } from '#shared/world/world.ts'
import type { Compiler } from './compiler.ts'

/** Of the embedded world alone, so it stands in no partition of the documents. */
const MARK = { pk: 'LOCAL', sk: 'FOLDER' }

/**
 * Publishes a brand's folder, unless it is just as it was the last time, and so is the compiler.
 * @returns the problems, if there are any, or what was edited elsewhere: then what was published before stays.
 */
export async function publishFolder(
  world: World,
  compiler: Pick<Compiler, 'readFolder'>,
  files: Files,
): Promise<readonly string[]> {
  const hash = hashOf(files)
  if ((await world.table.get(MARK))?.hash === hash) return []
  const reading = await compiler.readFolder(files)
  if (!reading.ok) return reading.problems.map(describeProblem)
  try {
    await publishBrandFolder(world, reading.folder, { origin: { from: 'folder', by: 'the start' }, files })
  } catch (error) {
    if (isNamed(error, 'Conflict')) return [error.message]
    throw error
  }
  await world.table.write([{ put: { ...MARK, hash } }])
  return []
}

function hashOf(files: Files): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(COMPILER + JSON.stringify(sorted))
    .digest('base64url')
}
