import { styleText } from 'node:util'
import type { Command } from 'commander'
import { readBrandFiles } from '#local/brand-files.ts'
import type { Problem } from '#shared/documents/document.ts'
import type { Files } from '#shared/journeys/brand-folder.ts'
import type { PublishedDocument } from '#shared/journeys/publish.ts'
import { connect, Refusal } from '../client.ts'
import { exampleOf, jsonOption, show } from '../output.ts'
import { count, problemReport } from '../problem-report.ts'

interface Answer {
  readonly published: readonly PublishedDocument[]
}

export function journeysPublish(journeys: Command): void {
  journeys
    .command('publish')
    .description('check a brand’s folder and publish all of it, or nothing')
    .argument('[dir]', 'the folder with brand.yaml', '.')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('journeys publish examples/kaffi'))
    .action(async (dir: string, flags: { json?: boolean }, command: Command) => {
      const files = readBrandFiles(dir)
      try {
        show(await connect(command).post<Answer>('/v1/brand', { files }), flags, publishedText)
      } catch (error) {
        if (!(error instanceof Refusal && error.body.code === 'brand.problems')) throw error
        show(error.body, flags, ({ problems }) => refusedText(problems as readonly Problem[], files, dir)) // what the route sends with this code
        process.exitCode = 1
      }
    })
}

function publishedText({ published }: Answer): string {
  const changed = published.filter((document) => document.changed)
  const same = published.length - changed.length
  const lines = changed.map(
    ({ kind, name, version }) => `${styleText('green', '✓')} ${kind} ${name}  version ${version}`,
  )
  return [...lines, `${count(changed.length, 'document')} published${same === 0 ? '' : `, ${same} as they were`}`].join(
    '\n',
  )
}

function refusedText(problems: readonly Problem[], files: Files, dir: string): string {
  return `${problemReport(problems, files, dir)}; nothing was published`
}
