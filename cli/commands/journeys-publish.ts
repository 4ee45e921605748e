import { styleText } from 'node:util'
import type { Command } from 'commander'
import { readBrandFiles } from '#local/brand-files.ts'
import type { Problem } from '#shared/documents/document.ts'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import type { MovePlan } from '#shared/journeys/versions/move-plan.ts'
import { type Client, connect, Refusal } from '../client.ts'
import { planText } from '../move-text.ts'
import { exampleOf, jsonOption, show } from '../output.ts'
import { problemReport } from '../problem-report.ts'
import { type PublishFlags, publishedText, publishFolder, publishOptions } from '../publish-folder.ts'
import { addMoveOptions, carryOut, type MoveFlags, rulesOf } from './journeys-move.ts'

type Flags = PublishFlags & MoveFlags & { readonly move?: boolean }

export function journeysPublish(journeys: Command): void {
  const command = journeys
    .command('publish')
    .description('check a brand’s folder and publish all of it, or nothing')
    .argument('[dir]', 'the folder with brand.yaml', '.')
  for (const option of publishOptions()) command.addOption(option)
  command.option('--move', 'plan to move those inside to the new versions; nothing is published before --yes')
  addMoveOptions(command)
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('journeys publish examples/kaffi', 'journeys publish examples/kaffi --move'))
    .action(async (dir: string, flags: Flags, self: Command) => {
      const files = readBrandFiles(dir)
      try {
        await (flags.move === true ? publishAndMove : publish)(connect(self), files, flags)
      } catch (error) {
        if (!(error instanceof Refusal && error.body.code === 'brand.problems')) throw error
        const problems = error.body.problems as readonly Problem[] // what the route sends with this code
        show(error.body, flags, () => `${problemReport(problems, files, dir)}; nothing was published`)
        process.exitCode = 1
      }
    })
}

async function publish(client: Client, files: Files, flags: Flags): Promise<void> {
  show(await publishFolder(client, files, flags), flags, publishedText)
}

/** The plan first; nothing is published where it lacks a rule. */
async function publishAndMove(client: Client, files: Files, flags: Flags): Promise<void> {
  const { plans } = await client.post<{ plans: readonly MovePlan[] }>('/v1/brand/moves', {
    files,
    rules: rulesOf(flags),
  })
  const concerned = plans.filter(({ steps }) => steps.length > 0)
  const lacks = concerned.some(({ refused }) => refused.length > 0)
  if (flags.yes !== true || lacks) {
    show(concerned, flags, (shown) =>
      shown.length === 0
        ? 'Nobody is in these journeys; publish without --move.'
        : [
            ...shown.map((plan) => `${styleText('bold', plan.journey)}\n${planText(plan)}`),
            ...(lacks ? [] : ['--yes publishes and moves']),
          ].join('\n\n'),
    )
    if (lacks) process.exitCode = 1
    return
  }
  await publish(client, files, flags)
  for (const { journey } of concerned) await carryOut(client, journey, flags)
}
