import { styleText } from 'node:util'
import { type Command, Option } from 'commander'
import type { Acceptance } from '#shared/recording/doors/accept-events.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { type Attributes, collectAttribute } from '../attributes.ts'
import { connect } from '../client.ts'
import { onOneLine } from '../display-width.ts'
import { guessKinds } from '../guess-kinds.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface Flags {
  readonly customer: string
  readonly kind?: IdentifierKind
  readonly property?: Attributes
  readonly id?: string
  readonly json?: boolean
}

export function journeysEnrol(journeys: Command): void {
  journeys
    .command('enrol')
    .description('let a customer into a journey that is entered by the API')
    .argument('<journey>')
    .requiredOption('--customer <identifier>', 'email address, phone number, user id, loyalty card, …')
    .option('--kind <kind>', 'what it is, as in userId, loyaltyCard, email; guessed otherwise')
    .addOption(new Option('--property <name=value>', 'what she brings along (repeat)').argParser(collectAttribute))
    .option('--id <id>', 'the same for the same request, which then enrols her once')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('journeys enrol refund --customer ada@example.org --property order_id=o-1'))
    .action(async (journey: string, { customer, kind, property, id, json }: Flags, command: Command) => {
      const [first = 'userId'] = kind === undefined ? guessKinds(customer) : [kind]
      const answer = await connect(command).post<Acceptance>(`/v1/journeys/${encodeURIComponent(journey)}/enrolments`, {
        customer: { [first]: customer },
        properties: property,
        id,
      })
      show(answer, { ...(json === undefined ? {} : { json }) }, (acceptance) => acceptanceText(acceptance, journey))
      if (answer.status === 'rejected') process.exitCode = 1
    })
}

function acceptanceText(acceptance: Acceptance, journey: string): string {
  if (acceptance.status === 'rejected')
    return `${styleText('red', '✗')} ${journey}  rejected: ${onOneLine(acceptance.reason)}`
  const hint = 'what comes of it stands in her thread'
  return `${styleText('green', '✓')} ${journey}  asked for  ${styleText('dim', `${acceptance.id}; ${hint}`)}`
}
