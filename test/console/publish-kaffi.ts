import { join } from 'node:path'
import { readBrandFiles } from '#local/brand-files.ts'
import type { System } from '#local/system.ts'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'

export const KAFFI = join(import.meta.dirname, '../../examples/kaffi')

/** Nobody is in the control group, whatever her id. */
export async function publishKaffi(system: System): Promise<void> {
  const files = readBrandFiles(KAFFI)
  const journeys = Object.entries(files).map(([path, text]) => [path, text.replace(/^holdout: .*\n/m, '')])
  const reading = await readBrandFolder(Object.fromEntries(journeys))
  if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join('\n'))
  await publishBrandFolder(system.world, reading.folder)
}
