import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Edit } from '#shared/documents/kept-files.ts'
import { hashOf } from '#shared/documents/published.ts'

/** `kept` was changed here too, so it is left as it is. */
export type PullOutcome = 'written' | 'same' | 'kept'

export interface Pulled {
  readonly path: string
  readonly outcome: PullOutcome
  readonly by: string
  readonly from: string
  readonly editedAt: string
}

/** What stands here is overwritten only if it is what the edit was made on, or something older. */
export function writeEdit(dir: string, { path, text, origin, editedAt, before }: Edit, force: boolean): Pulled {
  const file = join(dir, path)
  const here = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  const about = { path, ...origin, editedAt: new Date(editedAt).toISOString() }
  if (here === text) return { ...about, outcome: 'same' }
  if (here !== undefined && !before.includes(hashOf(here)) && !force) return { ...about, outcome: 'kept' }
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return { ...about, outcome: 'written' }
}
