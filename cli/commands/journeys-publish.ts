import { userInfo } from 'node:os'
import { styleText } from 'node:util'
import type { Command } from 'commander'
import { readBrandFiles } from '#local/brand-files.ts'
import type { Problem } from '#shared/documents/document.ts'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import type { MovePlan } from '#shared/journeys/versions/move-plan.ts'
import type { PublishedDocument } from '#shared/journeys/versions/publish.ts'
import { type Client, connect, Refusal } from '../client.ts'
import { planText } from '../move-text.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'
import { count, countsOf, problemReport } from '../problem-report.ts'
import { hanging } from '../wrap-text.ts'
import { addMoveOptions, carryOut, type MoveFlags, rulesOf } from './journeys-move.ts'

interface Answer {
  readonly published: readonly PublishedDocument[]
  readonly remarks: readonly string[]
  readonly warnings: readonly Problem[]
}

interface Flags extends MoveFlags {
  readonly by: string
  readonly force?: boolean
  readonly move?: boolean
}

export function journeysPublish(journeys: Command): void {
  const command = journeys
    .command('publish')
    .description('check a brand’s folder and publish all of it, or nothing')
    .argument('[dir]', 'the folder with brand.yaml', '.')
    .option('--by <who>', 'who publishes', userInfo().username)
    .option('--force', 'also over what was edited in the console since')
    .option('--move', 'plan to move those inside to the new versions; nothing is published before --yes')
  addMoveOptions(command)
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('journeys publish examples/kaffi', 'journeys publish examples/kaffi --move'))
    .action(async (dir: string, flags: Flags, self: Command) => {
      const files = readBrandFiles(dir)
      try {
        await (flags.move === true ? publishAndMove : publish)(connect(self), files, flags)
      } catch (error) {
        if (!(error instanceof Refusal && error.body.code === 'brand.problems')) throw error
        show(error.body, flags, ({ problems }) => refusedText(problems as readonly Problem[], files, dir)) // what the route sends with this code
        process.exitCode = 1
      }
    })
}

async function publish(client: Client, files: Files, flags: Flags): Promise<Answer> {
  const { by, force = false } = flags
  const answer = await client.post<Answer>('/v1/brand', { files, by, from: 'folder', force })
  show(answer, flags, publishedText)
  return answer
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

function publishedText({ published, remarks, warnings }: Answer): string {
  const changed = published.filter((document) => document.changed)
  const same = published.length - changed.length
  const lines = changed.map(
    ({ kind, name, version }) =>
      `${styleText('green', '✓')} ${kind === 'brand' ? kind : `${kind} ${name}`}  version ${version}`,
  )
  return [
    ...lines,
    `${count(changed.length, 'document')} published${same === 0 ? '' : `, ${same} as they were`}`,
    ...(warnings.length === 0
      ? []
      : [`${styleText('yellow', '!')} ${countsOf(warnings)}: "throughline check" tells them`]),
    ...remarks.flatMap((remark) => hanging(`${styleText('yellow', '!')} `, remark, outputWidth())),
  ].join('\n')
}

function refusedText(problems: readonly Problem[], files: Files, dir: string): string {
  return `${problemReport(problems, files, dir)}; nothing was published`
}
