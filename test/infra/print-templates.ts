import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { aTemplate, EVERYTHING } from './a-template.ts'

/*
 * Writes the templates of the least and of the largest installation into a folder, for tools that read templates:
 *   node test/infra/print-templates.ts <folder>
 */

const [, , folder = '.'] = process.argv
for (const [name, changes] of Object.entries({ least: {}, everything: EVERYTHING }))
  writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(aTemplate(changes).toJSON(), null, 2))
