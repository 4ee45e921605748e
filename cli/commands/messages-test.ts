import { type Command, Option } from 'commander'
import type { TestResult } from '#shared/dispatches/test-message.ts'
import type { CustomerView } from '#shared/insights/customer.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { type Attributes, collectAttribute } from '../attributes.ts'
import { connect } from '../client.ts'
import { findCustomer } from '../find-customer.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface Flags {
  readonly customer: string
  readonly kind?: IdentifierKind
  readonly channel?: string
  readonly entry?: Attributes
  readonly json?: boolean
}

export function messagesTest(messages: Command): void {
  messages
    .command('test')
    .description('really send one message, marked as a test, to a customer who is marked as one of yours')
    .argument('<message>')
    .requiredOption('--customer <identifier>', 'email address, phone number, user id, …')
    .option('--kind <kind>', 'what it is, as in userId, loyaltyCard, email; guessed otherwise')
    .option('--channel <name>', 'the channel; the first that reaches her otherwise')
    .addOption(
      new Option('--entry <name=value>', 'what the message uses as entry.name (repeat)').argParser(collectAttribute),
    )
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('messages test welcome --customer ada@example.org --channel email'))
    .action(async (message: string, { customer: identifier, kind, channel, entry, json }: Flags, command: Command) => {
      const client = connect(command)
      const { customer } = await findCustomer<CustomerView>(client, identifier, kind)
      const path = `/v1/messages/${encodeURIComponent(message)}/test`
      const result = await client.post<TestResult>(path, { customer, channel, entry })
      show(result, { json: json === true }, (sent) => resultText(message, sent))
    })
}

function resultText(message: string, { channel, locale, warnings }: TestResult): string {
  return [`✓ ${message} sent by ${channel}, in ${locale}`, ...warnings.map((name) => `  ${name} was empty`)].join('\n')
}
