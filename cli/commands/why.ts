import type { Command } from 'commander'
import type { Why } from '#shared/insights/why.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { connect } from '../client.ts'
import { findCustomer } from '../find-customer.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'
import { whyText } from '../why-text.ts'

interface Flags {
  readonly kind?: IdentifierKind
  readonly json?: boolean
}

export function why(throughline: Command): void {
  throughline
    .command('why')
    .summary('say why a customer got something, or did not')
    .description('say why a customer got something, or did not: what let her in, where she is, what was decided')
    .argument('<customer>', 'email address, phone number, user id, loyalty card, …')
    .argument('<name>', 'a journey or a message')
    .option('--kind <kind>', 'what the customer is given by, as in userId, loyaltyCard, email; guessed otherwise')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('why ada@example.org abandoned-order', 'why ada@example.org order-reminder'))
    .action(async (customer: string, name: string, flags: Flags, command: Command) => {
      const tail = `/why/${encodeURIComponent(name)}`
      show(await findCustomer<Why>(connect(command), customer, flags.kind, tail), flags, (told) =>
        whyText(told, outputWidth()),
      )
    })
}
