import { globSync } from 'node:fs'
import { join } from 'node:path'
import { styleText } from 'node:util'
import { type Command, Option } from 'commander'
import type { Comparison, Subject } from '#local/preview/compare.ts'
import { InvalidInput } from '#shared/errors/errors.ts'
import { type Change, describeDifference } from '#shared/journeys/versions/describe-difference.ts'
import { connect } from '../client.ts'
import { copyCustomer } from '../copy-customer.ts'
import { exampleOf, outputWidth, show } from '../output.ts'
import { type SituationFlags, situationOf, situationOptions } from '../preview-situation.ts'
import { folderFor, readPerson } from '../preview-source.ts'
import { count } from '../problem-report.ts'
import { hanging } from '../wrap-text.ts'

interface Flags extends SituationFlags {
  readonly folder?: string
  readonly from?: string
  readonly to?: string
  readonly customers: string
  readonly people?: string
  readonly json?: boolean
}

export function journeysDiff(journeys: Command): void {
  const command = journeys
    .command('diff')
    .description('what another form of a journey would change: in words, and for customers who are in it now')
    .argument('<journey>')
    .option('--folder <dir>', 'compare with the journey as it stands in a brand’s folder')
    .option('--from <version>', 'the version to compare; the published one otherwise')
    .option('--to <version>', 'the version to compare it with; the published one otherwise')
    .addOption(new Option('--customers <number>', 'how many of those who entered last').default('20'))
    .option('--people <dir>', 'or people from the files of a folder')
  situationOptions(command)
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      exampleOf('journeys diff abandoned-order --folder examples/kaffi', 'journeys diff welcome --from 1'),
    )
    .action(async (journey: string, flags: Flags, self: Command) => {
      const before = await folderFor(journey, { version: flags.from }, self)
      const after = await folderFor(journey, { folder: flags.folder, version: flags.to }, self)
      const { subjects, now } = await peopleFor(journey, flags, self)
      const { compare } = await import('#local/preview/compare.ts')
      const situation = situationOf(flags, before, now)
      const comparison = await compare({ before, after, journey, subjects, ...situation })
      const [was, is] = [before.journeys[journey], after.journeys[journey]]
      const words = was === undefined || is === undefined ? [] : describeDifference(was, is)
      show({ words, ...comparison }, flags, (shown) => `${wordsText(shown.words)}\n\n${comparisonText(shown)}`)
    })
}

interface People {
  readonly subjects: readonly Subject[]
  readonly now?: string
}

async function peopleFor(journey: string, { people, customers: limit }: Flags, command: Command): Promise<People> {
  if (people !== undefined) {
    const files = globSync('*.json', { cwd: people }).sort()
    if (files.length > 0)
      return { subjects: files.map((file) => ({ name: file.slice(0, -5), person: readPerson(join(people, file)) })) }
    throw new InvalidInput('preview.no-people', `There is no JSON file in ${people}; put a person into each.`)
  }
  const client = connect(command)
  const path = `/v1/journeys/${encodeURIComponent(journey)}/entrants`
  const { customers } = await client.get<{ customers: readonly string[] }>(path, { limit })
  if (customers.length === 0)
    throw new InvalidInput('preview.nobody-inside', `Nobody is in ${journey} now; name people with --people.`)
  const copies = await Promise.all(customers.map((customer) => copyCustomer(client, customer, 'customerId')))
  const subjects = copies.map(({ now: _, ...person }) => ({ name: person.customer, person }))
  return { subjects, ...(copies[0] === undefined ? {} : { now: copies[0].now }) }
}

function wordsText(words: readonly Change[]): string {
  if (words.length === 0) return 'In words nothing is different.'
  return words
    .flatMap(({ step, text }) => hanging(step === undefined ? '' : styleText('dim', `${step}  `), text, outputWidth()))
    .join('\n')
}

/** How many of those concerned are named. */
const MOST_EXAMPLES = 3

function comparisonText({ customers, same, differences }: Comparison): string {
  if (differences.length === 0) return `It would be the same for ${count(customers, 'customer')}.`
  const lines = differences.flatMap(({ what, customers: concerned }) => [
    `${styleText('bold', `${concerned.length} of ${customers}`)} would ${what}`,
    styleText('dim', `  ${examplesOf(concerned)}`),
  ])
  return [...lines, `${same} of ${customers} would have the same`].join('\n')
}

function examplesOf(customers: readonly string[]): string {
  const more = customers.length - MOST_EXAMPLES
  return `${customers.slice(0, MOST_EXAMPLES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
