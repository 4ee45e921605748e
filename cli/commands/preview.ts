import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Preview } from '#local/preview/tell-preview.ts'
import { exampleOf, outputWidth, show } from '../output.ts'
import { type SituationFlags, situationOf, situationOptions } from '../preview-situation.ts'
import { folderFor, type PersonFlags, personFor, personOptions } from '../preview-source.ts'
import { previewText } from '../preview-text.ts'
import { waysText } from '../ways-text.ts'

interface Flags extends SituationFlags, PersonFlags {
  readonly folder?: string
  readonly version?: string
  readonly html?: string
  readonly everyWay?: boolean
  readonly json?: boolean
}

export function preview(throughline: Command): void {
  const command = throughline
    .command('preview')
    .summary('run a journey for one person; nothing is sent')
    .description('run a journey for one person, in a world of its own whose time you choose; nothing is sent')
    .argument('<journey>')
    .option('--folder <dir>', 'the journey as it stands in a brand’s folder; the published one otherwise')
  personOptions(command)
  situationOptions(command)
    .option('--every-way', 'instead of what happens to her: all that can happen')
    .option('--html <dir>', 'write each email there, to be looked at')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      exampleOf(
        'preview abandoned-order --customer ada@example.org',
        'preview abandoned-order --folder examples/kaffi --person examples/kaffi/people/ada.json',
        'preview abandoned-order --customer ada@example.org --answer "order-reminder: clicked after 2 hours"',
      ),
    )
    .action(async (journey: string, flags: Flags, self: Command) => {
      const folder = await folderFor(journey, flags, self)
      const { person, now } = await personFor(flags, folder, self)
      const request = { folder, journey, person, ...situationOf(flags, folder, now) }
      // Whoever only asks for help need not wait for the whole system to be loaded.
      const { preview: run } = await import('#local/preview/preview.ts')
      if (flags.everyWay === true) {
        const { everyWay } = await import('#local/preview/every-way.ts')
        return show(await everyWay(request), flags, (ways) => waysText(ways, outputWidth()))
      }
      const told = await run(request)
      if (flags.html !== undefined) writeEmails(told, flags.html)
      show(told, flags, (view) => previewText(view, outputWidth()))
    })
}

/** By number and name, in the order in which they would come. */
function writeEmails({ moments }: Preview, dir: string): void {
  mkdirSync(dir, { recursive: true })
  const emails = moments
    .flatMap((moment) => (moment.kind === 'step' ? moment.messages : []))
    .filter(({ content }) => typeof content?.html === 'string')
  for (const [index, { message, content }] of emails.entries())
    writeFileSync(join(dir, `${index + 1}-${message}.html`), String(content?.html))
}
