import type { Command } from 'commander'
import { isWarning } from '#shared/documents/document.ts'
import {
  annotate,
  type BoundsByJourney,
  boundsIn,
  type CheckedFolder,
  checkFolder,
  folderText,
} from '../checked-folder.ts'
import { exampleOf, show } from '../output.ts'

interface Flags {
  readonly json?: boolean
  readonly strict?: boolean
  readonly github?: boolean
}

interface CheckedAndProved {
  readonly checked: CheckedFolder
  readonly bounds: BoundsByJourney | undefined
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
      const all: CheckedAndProved[] = []
      for (const folder of folders) {
        const checked = await checkFolder(folder)
        all.push({ checked, bounds: await boundsIn(checked) })
      }
      const told = all.map(({ checked: { folder, problems }, bounds }) => ({ folder, problems, bounds }))
      show(told, flags, () => all.map(({ checked, bounds }) => folderText(checked, bounds)).join('\n\n'))
      if (flags.json !== true) for (const { checked } of all) annotate(checked, flags.github)
      const problems = told.flatMap((one) => one.problems)
      if (problems.some((problem) => flags.strict === true || !isWarning(problem))) process.exitCode = 1
    })
}
