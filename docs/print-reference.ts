import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reference } from './reference-pages.ts'

/** Writes docs/reference from the catalogues; `npm run docs`. */
const folder = join(import.meta.dirname, 'reference')
mkdirSync(folder, { recursive: true })
for (const [name, text] of Object.entries(reference())) writeFileSync(join(folder, name), text)
