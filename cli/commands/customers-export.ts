import type { Command } from 'commander'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { connect } from '../client.ts'
import { copyCustomer } from '../copy-customer.ts'
import { exampleOf } from '../output.ts'

export function customersExport(customers: Command): void {
  customers
    .command('export')
    .description('print all that is stored about a customer as JSON: for a privacy request, or as a person to preview')
    .argument('<identifier>', 'email address, phone number, user id, loyalty card, …')
    .option('--kind <kind>', 'what it is, as in userId, loyaltyCard, email; guessed otherwise')
    .addHelpText('after', exampleOf('customers export ada@example.org > ada.json'))
    .action(async (identifier: string, flags: { kind?: IdentifierKind }, command: Command) => {
      console.log(JSON.stringify(await copyCustomer(connect(command), identifier, flags.kind), null, 2))
    })
}
