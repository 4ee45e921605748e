import type { Command } from 'commander'
import { TEST_CUSTOMER } from '#shared/dispatches/test-message.ts'
import type { CustomerView } from '#shared/insights/customer.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { connect } from '../client.ts'
import { findCustomer } from '../find-customer.ts'
import { exampleOf } from '../output.ts'

interface Flags {
  readonly kind?: IdentifierKind
  readonly off?: boolean
}

export function customersMarkTest(customers: Command): void {
  customers
    .command('mark-test')
    .description('mark a customer as one of ours, to whom test messages may be sent')
    .argument('<identifier>', 'email address, phone number, user id, loyalty card, …')
    .option('--kind <kind>', 'what it is, as in userId, loyaltyCard, email; guessed otherwise')
    .option('--off', 'take the mark away')
    .addHelpText(
      'after',
      exampleOf('customers mark-test ada@example.org', 'messages test welcome --customer ada@example.org'),
    )
    .action(async (identifier: string, { kind, off = false }: Flags, command: Command) => {
      const client = connect(command)
      const { customer } = await findCustomer<CustomerView>(client, identifier, kind)
      const event = {
        type: 'customer.identified',
        channel: 'throughline',
        identifiers: { customerId: customer },
        traits: { [TEST_CUSTOMER]: !off },
      }
      await client.post('/v1/events', event)
      console.log(off ? `${customer} is a customer like any other.` : `${customer} may be sent test messages.`)
    })
}
