import type { Command } from 'commander'
import { InvalidInput } from '#shared/errors/errors.ts'
import type { CustomerView } from '#shared/insights/customer.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { type Client, connect, Refusal } from '../client.ts'
import { customerText } from '../customer-text.ts'
import { guessKinds } from '../guess-kinds.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'

interface Flags {
  readonly kind?: IdentifierKind
  readonly json?: boolean
}

const anyOf = new Intl.ListFormat('en-GB', { type: 'disjunction' })

export function customersShow(customers: Command): void {
  customers
    .command('show')
    .description('show a customer: profile, and the thread over all channels with every decision')
    .argument('<identifier>', 'email address, phone number, user id, loyalty card, …')
    .option('--kind <kind>', 'what it is, as in userId, loyaltyCard, email; guessed otherwise')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('customers show ada@example.org'))
    .action(async (identifier: string, flags: Flags, command: Command) => {
      const kinds = flags.kind === undefined ? guessKinds(identifier) : [flags.kind]
      const customer = await firstKnown(connect(command), kinds, identifier)
      if (customer === undefined)
        throw new InvalidInput('customer.unknown', `No customer is known by this ${anyOf.format(kinds)}.`)
      show(customer, flags, (view) => customerText(view, outputWidth()))
    })
}

async function firstKnown(
  client: Client,
  kinds: readonly IdentifierKind[],
  value: string,
): Promise<CustomerView | undefined> {
  for (const kind of kinds) {
    try {
      return await client.get<CustomerView>(`/v1/customers/${kind}/${encodeURIComponent(value)}`)
    } catch (error) {
      if (!(error instanceof Refusal && error.body.code === 'customer.unknown')) throw error
    }
  }
  return undefined
}
