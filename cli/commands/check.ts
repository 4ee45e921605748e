import { styleText } from 'node:util'
import type { Command } from 'commander'
import { readBrandFiles } from '#local/brand-files.ts'
import { isWarning, type Problem } from '#shared/documents/document.ts'
import type { Bounds } from '#shared/journeys/check/bounds-of.ts'
import type { Files, FolderReading } from '#shared/journeys/folder/brand-folder.ts'
import { boundsText } from '../bounds-text.ts'
import { githubAnnotations } from '../github-annotations.ts'
import { exampleOf, show } from '../output.ts'
import { byPlace, count, problemReport } from '../problem-report.ts'

interface Flags {
  readonly json?: boolean
  readonly strict?: boolean
  readonly github?: boolean
}

/** One folder, as `--json` tells it. */
interface Checked {
  readonly folder: string
  readonly problems: readonly Problem[]
  /** By journey; absent while something is wrong. */
  readonly bounds?: Readonly<Record<string, Bounds>>
}

export function check(parent: Command): void {
  parent
    .command('check')
    .summary('find what is wrong in a brand folder, and prove the rest')
    .description('check brand folders as publishing does, without a running system')
    .argument('[folders...]', 'the folders with brand.yaml', ['.'])
    .option('--strict', 'fail on warnings, too')
    .option('--github', 'print annotations for a pull request, as it does by itself in GitHub Actions')
    .option('--json', 'print what was found and proved as JSON')
    .addHelpText('after', exampleOf('check examples/kaffi', 'check brands/* --strict'))
    .action(async (folders: readonly string[], flags: Flags) => {
      // Compiling email is slow to load, and few commands do it.
      const { readBrandFolder } = await import('#shared/journeys/folder/brand-folder.ts')
      const all: (readonly [Checked, string])[] = []
      for (const folder of folders) {
        const files = readBrandFiles(folder)
        const reading = await readBrandFolder(files)
        const checked = await checkedOf(folder, reading)
        all.push([checked, textOf(checked, reading, files)])
      }
      const checked = all.map(([one]) => one)
      show(checked, flags, () => all.map(([, text]) => text).join('\n\n'))
      if (flags.json !== true && (flags.github === true || process.env.GITHUB_ACTIONS === 'true')) annotate(checked)
      const fails = (problem: Problem): boolean => flags.strict === true || !isWarning(problem)
      if (checked.some(({ problems }) => problems.some(fails))) process.exitCode = 1
    })
}

async function checkedOf(folder: string, reading: FolderReading): Promise<Checked> {
  if (!reading.ok) return { folder, problems: byPlace(reading.problems) }
  const { boundsOf } = await import('#shared/journeys/check/bounds-of.ts')
  const { brand, journeys } = reading.folder
  const bounds = Object.entries(journeys).map(([name, journey]) => [name, boundsOf(journey, brand)] as const)
  return { folder, problems: byPlace(reading.warnings), bounds: Object.fromEntries(bounds) }
}

function textOf({ folder, problems, bounds }: Checked, reading: FolderReading, files: Files): string {
  const report = problems.length === 0 ? [] : [problemReport(problems, files, folder)]
  if (!reading.ok) return report.join('\n')
  const { sources, tables } = reading.folder
  const documents = count(Object.keys(sources).length + Object.keys(tables).length, 'document')
  const sound = `${styleText('green', '✓')} ${folder}: ${documents}, ${problems.length === 0 ? 'no problems' : 'nothing that keeps from publishing'}`
  const proved =
    bounds === undefined || Object.keys(bounds).length === 0
      ? []
      : ['', 'For every path and every customer, one run:', boundsText(bounds)]
  return [...report, sound, ...proved].join('\n')
}

function annotate(checked: readonly Checked[]): void {
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd()
  for (const { folder, problems } of checked)
    if (problems.length > 0) console.log(githubAnnotations(problems, folder, root))
}
