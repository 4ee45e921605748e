import { styleText } from 'node:util'
import type { Command } from 'commander'
import type { Installation } from '#infra/installations.ts'
import { isWarning } from '#shared/documents/document.ts'
import { InvalidInput } from '#shared/errors/errors.ts'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import { brandFolderOf } from '../brand-of.ts'
import { annotate, type CheckedFolder, checkFolder, folderText } from '../checked-folder.ts'
import { connectTo } from '../client.ts'
import { differencesText, type FileDifference, folderDifferences } from '../folder-differences.ts'
import { installationProblems } from '../installation-problems.ts'
import { exampleOf, outputWidth, show } from '../output.ts'
import { byPlace } from '../problem-report.ts'
import { type Published, type PublishFlags, publishedText, publishFolder, publishOptions } from '../publish-folder.ts'

interface Flags extends PublishFlags {
  readonly to?: string
  readonly at?: string
  readonly dryRun?: boolean
  readonly strict?: boolean
  readonly json?: boolean
}

/** What it did, as `--json` tells it. */
interface Deployed extends Pick<CheckedFolder, 'folder' | 'problems'> {
  readonly installation: string
  /** Absent while something is wrong. */
  readonly differences?: readonly FileDifference[]
  /** Absent where nothing was to be published. */
  readonly published?: Published
}

export function deployBrand(parent: Command): void {
  const command = parent
    .command('deploy-brand')
    .summary('check, compare and publish a brand folder')
    .description('check a brand’s folder, say what it changes in a deployed system, and publish all of it, or nothing')
    .argument('[folder]', 'the folder with brand.yaml; the installation’s own otherwise')
    .option('--to <name>', 'the installation, by its name in installations.yaml')
    .option('--dry-run', 'check and compare only, as for a pull request')
    .option('--strict', 'publish nothing while there are warnings')
  for (const option of publishOptions()) command.addOption(option)
  command
    .option('--json', 'print what was found and done as JSON')
    .addHelpText('after', exampleOf('deploy-brand --to kaffi --dry-run', 'deploy-brand examples/kaffi --to kaffi'))
    .action(async (folder: string | undefined, _flags: unknown, self: Command) => {
      const flags = self.optsWithGlobals<Flags>()
      const installation = await installationFor(flags)
      const checked = await checkFor(installation, folder ?? brandFolderOf(installation))
      const deployed = await deploy(installation, checked, flags)
      show(deployed, flags, (told) => deployedText(told, checked))
      if (flags.json !== true) annotate(checked)
      if (deployed.differences === undefined) process.exitCode = 1
    })
}

async function installationFor({ to, at }: Flags): Promise<Installation> {
  const name = to ?? at
  if (name === undefined)
    throw new InvalidInput('installation.not-named', 'Say with --to which installation of installations.yaml.')
  const { findInstallation } = await import('#infra/installations.ts')
  return findInstallation(name)
}

/** The folder's own problems, and what the installation does not give it. */
async function checkFor(installation: Installation, folder: string): Promise<CheckedFolder> {
  const checked = await checkFolder(folder)
  const problems = byPlace([...checked.problems, ...installationProblems(checked.files, installation)])
  return { ...checked, problems }
}

async function deploy(installation: Installation, checked: CheckedFolder, flags: Flags): Promise<Deployed> {
  const { folder, problems, files } = checked
  const told = { installation: installation.name, folder, problems }
  if (problems.some((problem) => flags.strict === true || !isWarning(problem))) return told
  const client = connectTo(installation.name)
  const live = await client.get<{ files: Files }>('/v1/brand/files')
  const differences = folderDifferences(live.files, files)
  if (flags.dryRun === true) return { ...told, differences }
  // Also where no file differs: a newer version of Throughline may make other machines of the same journeys.
  return { ...told, differences, published: await publishFolder(client, files, flags) }
}

function deployedText({ installation, differences, published }: Deployed, checked: CheckedFolder): string {
  if (differences === undefined) return `${folderText(checked)}\n\nNothing was published to ${installation}.`
  return [
    folderText(checked),
    `${styleText('bold', installation)}\n${differencesText(differences, outputWidth())}`,
    published === undefined ? 'Nothing was published: this was a dry run.' : publishedText(published),
  ].join('\n\n')
}
