import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { styleText } from 'node:util'
import type { Command } from 'commander'
import { jsonSchemaText } from '#shared/documents/json-schema.ts'
import { DOCUMENT_FILES, type DocumentName, documentSchema } from '#shared/journeys/folder/document-schemas.ts'
import { exampleOf } from '../output.ts'
import { count } from '../problem-report.ts'

const FOLDER = '.throughline/schemas'

export function schemas(parent: Command): void {
  parent
    .command('schemas')
    .summary('write JSON Schemas, by which editors complete and explain')
    .description('write JSON Schemas beside a brand folder, so that editors complete and explain its documents')
    .argument('[folder]', 'the folder with brand.yaml', '.')
    .addHelpText('after', exampleOf('schemas examples/kaffi'))
    .action((folder: string) => {
      const names = Object.keys(DOCUMENT_FILES) as DocumentName[] // the keys of a constant object
      mkdirSync(join(folder, FOLDER), { recursive: true })
      for (const name of names)
        writeFileSync(join(folder, FOLDER, `${name}.json`), jsonSchemaText(documentSchema(name)))
      console.log(writtenText(folder, names))
    })
}

/** What is to be pasted into the editor's settings: the YAML extension of Red Hat reads it. */
function writtenText(folder: string, names: readonly DocumentName[]): string {
  const lines = names.map((name) => `    "./${FOLDER}/${name}.json": ${JSON.stringify(DOCUMENT_FILES[name])}`)
  return [
    `${styleText('green', '✓')} ${count(names.length, 'schema')} in ${join(folder, FOLDER)}`,
    '',
    'For VS Code with the YAML extension, in .vscode/settings.json of that folder:',
    `{\n  "yaml.schemas": {\n${lines.join(',\n')}\n  }\n}`,
  ].join('\n')
}
