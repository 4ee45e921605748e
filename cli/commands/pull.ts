import { styleText } from 'node:util'
import type { Command } from 'commander'
import { needBrandFolder } from '#local/brand-files.ts'
import type { Edit } from '#shared/documents/kept-files.ts'
import { connect } from '../client.ts'
import { moment } from '../moment.ts'
import { exampleOf, jsonOption, show } from '../output.ts'
import { type Pulled, type PullOutcome, writeEdit } from '../write-edit.ts'

export function pull(throughline: Command): void {
  throughline
    .command('pull')
    .summary('bring edits from the console into a brand’s folder')
    .description('bring documents that were edited in the console into a brand’s folder')
    .argument('[dir]', 'the folder with brand.yaml; the installation’s own with --at, and this one otherwise')
    .option('--force', 'also over files that were changed here too')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('pull examples/kaffi', 'pull --at kaffi'))
    .action(async (named: string | undefined, flags: { force?: boolean; json?: boolean }, command: Command) => {
      const client = connect(command)
      const dir = named ?? (await ownFolder(command.optsWithGlobals<{ at?: string }>()))
      needBrandFolder(dir)
      const { edits } = await client.get<{ edits: readonly Edit[] }>('/v1/brand/edits')
      const pulled = edits.map((edit) => writeEdit(dir, edit, flags.force === true))
      const arrived = edits.filter((_, place) => pulled[place]?.outcome !== 'kept')
      if (arrived.length > 0)
        await client.post('/v1/brand/pulled', {
          versions: Object.fromEntries(arrived.map(({ path, version }) => [path, version])),
        })
      show(pulled, flags, pulledText)
      if (pulled.some(({ outcome }) => outcome === 'kept')) process.exitCode = 1
    })
}

async function ownFolder({ at }: { readonly at?: string }): Promise<string> {
  if (at === undefined) return '.'
  const [{ findInstallation }, { brandFolderOf }] = await Promise.all([
    import('#infra/installations.ts'),
    import('../brand-of.ts'),
  ])
  return brandFolderOf(findInstallation(at))
}

const OUTCOMES: Readonly<Record<PullOutcome, (path: string) => string>> = {
  written: (path) => `${styleText('green', '✓')} ${path}`,
  same: (path) => `${styleText('green', '✓')} ${path} is the same here`,
  kept: (path) =>
    `${styleText('red', '✗')} ${path} was changed here too and is left as it is; put the two together, or use --force`,
}

function pulledText(pulled: readonly Pulled[]): string {
  if (pulled.length === 0) return 'Nothing was edited elsewhere.'
  return pulled
    .map(({ path, outcome, by, from, editedAt }) => {
      const edited = styleText('dim', `edited by ${by} in the ${from}, ${moment(editedAt)}`)
      return `${OUTCOMES[outcome](path)}  ${edited}`
    })
    .join('\n')
}
