import { styleText } from 'node:util'
import type { Command } from 'commander'
import { readBrandFiles } from '#local/brand-files.ts'
import type { Problem } from '#shared/documents/document.ts'
import type { BrandFolder } from '#shared/journeys/brand-folder.ts'
import { exampleOf, show } from '../output.ts'
import { count, problemReport } from '../problem-report.ts'

export function journeysCheck(journeys: Command): void {
  journeys
    .command('check')
    .description('check a brand’s folder as publishing does, without a running system')
    .argument('[dir]', 'the folder with brand.yaml', '.')
    .option('--json', 'print the problems as JSON')
    .addHelpText('after', exampleOf('journeys check examples/kaffi'))
    .action(async (dir: string, flags: { json?: boolean }) => {
      const files = readBrandFiles(dir)
      // Compiling email is slow to load, and only this command does it.
      const { readBrandFolder } = await import('#shared/journeys/brand-folder.ts')
      const reading = await readBrandFolder(files)
      const problems: readonly Problem[] = reading.ok ? [] : reading.problems
      show(problems, flags, () => (reading.ok ? soundText(reading.folder) : problemReport(problems, files, dir)))
      if (!reading.ok) process.exitCode = 1
    })
}

function soundText({ sources, tables }: BrandFolder): string {
  const documents = Object.keys(sources).length + Object.keys(tables).length
  return `${styleText('green', '✓')} ${count(documents, 'document')}, no problems`
}
