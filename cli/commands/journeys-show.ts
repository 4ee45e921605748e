import { styleText } from 'node:util'
import type { Command } from 'commander'
import type { StepLine } from '#shared/journeys/describe-steps.ts'
import { connect } from '../client.ts'
import { onOneLine } from '../display-width.ts'
import { moment } from '../moment.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface Answer {
  readonly name: string
  readonly version: number
  readonly publishedAt: string
  readonly steps: readonly StepLine[]
}

export function journeysShow(journeys: Command): void {
  journeys
    .command('show')
    .description('show a published journey, step by step')
    .argument('<name>')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('journeys show abandoned-order'))
    .action(async (name: string, flags: { json?: boolean }, command: Command) => {
      show(await connect(command).get<Answer>(`/v1/journeys/${encodeURIComponent(name)}`), flags, journeyText)
    })
}

function journeyText({ name, version, publishedAt, steps }: Answer): string {
  const head = `${styleText('bold', name)}  ${styleText('dim', `version ${version}, published ${moment(publishedAt)}`)}`
  return [head, '', ...steps.map(({ depth, text }) => `  ${'  '.repeat(depth)}${stepText(text)}`)].join('\n')
}

/** A path's name, which ends with a colon, is not a step. */
function stepText(text: string): string {
  return text.endsWith(':') ? styleText('dim', onOneLine(text)) : onOneLine(text)
}
