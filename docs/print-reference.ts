import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { reference } from './reference-pages.ts'

/** Writes docs/reference from the catalogues; `npm run docs`. */
const folder = join(import.meta.dirname, 'reference')
for (const [name, text] of Object.entries(reference())) {
  const file = join(folder, name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
