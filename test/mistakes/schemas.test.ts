import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as YAML from 'yaml'
import * as z from 'zod'
import { readBrandFiles } from '#local/brand-files.ts'
import { DOCUMENT_FILES, type DocumentName, documentSchema } from '#shared/journeys/folder/document-schemas.ts'
import { BRANDS } from './brands.ts'
import { LANGUAGE } from './language.ts'
import { MESSAGES } from './messages.ts'
import { SHAPES } from './shapes.ts'
import { SOUND } from './sound.ts'

/** zod reads JSON Schema as well as it writes it. */
const SCHEMAS = Object.entries(DOCUMENT_FILES).map(([name, files]) => {
  // The keys of a constant object; and what zod takes is what the world calls JSON Schema.
  const schema = documentSchema(name as DocumentName) as Parameters<typeof z.fromJSONSchema>[0]
  return { name, files: files as readonly string[], schema: z.fromJSONSchema(schema) }
})

function schemaFor(file: string): z.ZodType | undefined {
  return SCHEMAS.find(({ files }) => files.some((pattern) => matches(file, pattern)))?.schema
}

function matches(file: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(file)
}

/** As we read a document, and as editors do. */
const READERS = ['failsafe', 'core'] as const

function documentsOf(files: Readonly<Record<string, string>>) {
  return Object.entries(files).filter(([file]) => schemaFor(file) !== undefined)
}

const HOW_TOS: Readonly<Record<string, string>> = Object.fromEntries(
  globSync('docs/**/*.md').flatMap((page) =>
    [...readFileSync(page, 'utf8').matchAll(/```yaml\n(.*?)```/gs)].flatMap(([, yaml = '']) => {
      const name = /^journey: (\S+)/.exec(yaml)?.[1]
      return name === undefined ? [] : [[`journeys/${join(page, name)}.yaml`, yaml]]
    }),
  ),
)

describe('the JSON Schemas', () => {
  const sound = [...documentsOf(readBrandFiles('examples/kaffi')), ...SOUND.flatMap(([, files]) => documentsOf(files))]
  const examples = [...sound, ...Object.entries(HOW_TOS)]

  it.each(READERS)('take every sound document, read as %s', (reader) => {
    for (const [file, text] of examples) {
      const schema = file.startsWith('journeys/') ? schemaFor('journeys/any.yaml') : schemaFor(file)
      const result = schema?.safeParse(YAML.parse(text, { schema: reader }))
      expect(result?.success, `${file}: ${JSON.stringify(result?.error?.issues)}`).toBe(true)
    }
    expect(examples.length).toBeGreaterThan(30)
  })

  it('refuse most mistakes of shape already while they are written', () => {
    const shapes = [...LANGUAGE, ...SHAPES, ...BRANDS, ...MESSAGES].filter(({ file }) => schemaFor(file) !== undefined)
    const refused = shapes.filter(({ file, text }) => {
      const document = YAML.parseDocument(text, { schema: 'core', logLevel: 'error' })
      return document.errors.length === 0 && schemaFor(file)?.safeParse(document.toJS()).success === false
    })
    expect(refused.length).toBeGreaterThanOrEqual(40)
  })
})
