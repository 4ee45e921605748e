import type { Command } from 'commander'
import type { CustomerView } from '#shared/insights/customer.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { connect } from '../client.ts'
import { customerText } from '../customer-text.ts'
import { findCustomer } from '../find-customer.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'

interface Flags {
  readonly kind?: IdentifierKind
  readonly json?: boolean
}

export function customersShow(customers: Command): void {
  customers
    .command('show')
    .description('show a customer: profile, and the thread over all channels with every decision')
    .argument('<identifier>', 'email address, phone number, user id, loyalty card, …')
    .option('--kind <kind>', 'what it is, as in userId, loyaltyCard, email; guessed otherwise')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('customers show ada@example.org'))
    .action(async (identifier: string, flags: Flags, command: Command) => {
      const customer = await findCustomer<CustomerView>(connect(command), identifier, flags.kind)
      show(customer, flags, (view) => customerText(view, outputWidth()))
    })
}
