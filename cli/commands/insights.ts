import { styleText } from 'node:util'
import { type Command, InvalidArgumentError } from 'commander'
import type { DayCounters } from '#shared/insights/read-counters.ts'
import { connect } from '../client.ts'
import { counterGroups, counterText } from '../counter-groups.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface Answer {
  readonly days: readonly DayCounters[]
}

interface Flags {
  readonly from?: string
  readonly to?: string
  readonly json?: boolean
}

export function insights(throughline: Command): void {
  throughline
    .command('insights')
    .summary('count what happened')
    .description('count what happened: touchpoints, customers, journeys, messages and what held them back')
    .option('--from <day>', 'first day in UTC, as in 2026-11-01; otherwise today', day)
    .option('--to <day>', 'last day', day)
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('insights --from 2026-11-01'))
    .action(async ({ json, ...query }: Flags, command: Command) => {
      show(await connect(command).get<Answer>('/v1/insights', query), { json: json === true }, insightText)
    })
}

function insightText({ days }: Answer): string {
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  if (first === undefined) return 'Nothing happened on these days.'
  const span = first === last ? first : `${first} to ${last}`
  return `${styleText('dim', `${span}, days in UTC`)}\n\n${counterText(counterGroups(days))}`
}

function day(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new InvalidArgumentError('Write a day as in 2026-11-21.')
  return text
}
