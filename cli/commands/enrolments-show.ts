import type { Command } from 'commander'
import type { CustomerView } from '#shared/insights/customer.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { connect } from '../client.ts'
import { type EnrolmentView, enrolmentText } from '../enrolment-text.ts'
import { findCustomer } from '../find-customer.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'

interface Flags {
  readonly kind?: IdentifierKind
  readonly json?: boolean
}

export function enrolmentsShow(enrolments: Command): void {
  enrolments
    .command('show')
    .description('show one customer’s run through a journey, with its messages and their reasons')
    .argument('<customer>', 'email address, phone number, user id, loyalty card, …')
    .argument('<enrolment>', 'the enrolment’s id, as "customers show" prints it')
    .option('--kind <kind>', 'what the customer is given by, as in userId, loyaltyCard, email; guessed otherwise')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('enrolments show ada@example.org JZ4LPWBS6GD45D3M_YVdmL'))
    .action(async (identifier: string, enrolment: string, flags: Flags, command: Command) => {
      const client = connect(command)
      const { customer } = await findCustomer<CustomerView>(client, identifier, flags.kind)
      const path = `/v1/journeys/enrolments/${encodeURIComponent(customer)}/${encodeURIComponent(enrolment)}`
      show(await client.get<EnrolmentView>(path), flags, (view) => enrolmentText(view, outputWidth()))
    })
}
