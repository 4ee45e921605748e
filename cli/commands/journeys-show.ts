import { styleText } from 'node:util'
import type { Command } from 'commander'
import type { EntryProgress } from '#shared/insights/entry-progress.ts'
import type { JourneyCustomers, StepCount } from '#shared/insights/journey-customers.ts'
import type { StepLine } from '#shared/journeys/describe-steps.ts'
import type { JourneyState } from '#shared/journeys/versions/control.ts'
import { connect } from '../client.ts'
import { onOneLine } from '../display-width.ts'
import { moment } from '../moment.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'
import { table } from '../table.ts'

interface Answer {
  readonly name: string
  readonly version: number
  readonly state: JourneyState
  readonly since?: string
  readonly by?: string
  readonly publishedAt: string
  readonly entersOn: string
  readonly entering?: EntryProgress
  readonly steps: readonly StepLine[]
}

export function journeysShow(journeys: Command): void {
  journeys
    .command('show')
    .description('show a published journey, step by step')
    .argument('<name>')
    .option('--customers', 'count instead how many customers stand at each step, by version')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('journeys show abandoned-order'))
    .action(async (name: string, flags: { json?: boolean; customers?: boolean }, command: Command) => {
      const path = `/v1/journeys/${encodeURIComponent(name)}`
      if (flags.customers === true)
        show(await connect(command).get<JourneyCustomers>(`${path}/customers`), flags, customersText)
      else show(await connect(command).get<Answer>(path), flags, journeyText)
    })
}

function journeyText({ name, version, publishedAt, state, since, by, entersOn, entering, steps }: Answer): string {
  const steered = since === undefined ? '' : `, ${state} since ${moment(since)} by ${by}`
  const published = styleText('dim', `version ${version}, published ${moment(publishedAt)}${steered}`)
  const head = `${styleText('bold', name)}  ${published}`
  const entry = `  enters on ${onOneLine(entersOn)}${entering === undefined ? '' : `: ${progressText(entering)}`}`
  return [head, '', entry, ...steps.map(({ depth, text }) => `  ${'  '.repeat(depth)}${stepText(text)}`)].join('\n')
}

/** The parts of a segment are alike in size, so that they say how far it is. */
function progressText({ dueAt, customers, partsDone, parts }: EntryProgress): string {
  if (partsDone === parts) return `done, ${customers} customers`
  if (customers === 0 && partsDone === 0) return `from ${moment(dueAt)}`
  return `under way since ${moment(dueAt)}, ${customers} customers, ${Math.floor((100 * partsDone) / parts)} % of the segment is done`
}

function customersText({ steps, isWhole }: JourneyCustomers): string {
  if (steps.length === 0) return 'Nobody is in this journey.'
  const columns = [
    { title: 'version', of: ({ version }: StepCount) => String(version), isNumber: true },
    { title: 'customers', of: ({ customers }: StepCount) => String(customers), isNumber: true },
    { title: 'held', of: ({ held }: StepCount) => (held === 0 ? '' : String(held)), isNumber: true },
    { title: 'step', of: ({ step = '' }: StepCount) => step, isWhole: true },
    { title: '', of: ({ doing }: StepCount) => onOneLine(doing) },
  ]
  return [table(columns, steps, outputWidth()), ...(isWhole ? [] : ['and more, which were not counted'])].join('\n')
}

/** A path's name, which ends with a colon, is not a step. */
function stepText(text: string): string {
  return text.endsWith(':') ? styleText('dim', onOneLine(text)) : onOneLine(text)
}
