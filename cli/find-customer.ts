import { InvalidInput } from '#shared/errors/errors.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { type Client, Refusal } from './client.ts'
import { guessKinds } from './guess-kinds.ts'

const anyOf = new Intl.ListFormat('en-GB', { type: 'disjunction' })

/**
 * What the system answers about the customer who is known by an identifier, of the kinds that it may be the first.
 * @param kind what it is; guessed where absent
 * @param tail what follows the customer in the path
 * @throws InvalidInput when nobody is known by it.
 */
export async function findCustomer<T>(
  client: Client,
  identifier: string,
  kind: IdentifierKind | undefined,
  tail = '',
): Promise<T> {
  const kinds = kind === undefined ? guessKinds(identifier) : [kind]
  for (const one of kinds) {
    try {
      return await client.get<T>(`${customerPath(one, identifier)}${tail}`)
    } catch (error) {
      if (!(error instanceof Refusal && error.body.code === 'customer.unknown')) throw error
    }
  }
  throw new InvalidInput('customer.unknown', `No customer is known by this ${anyOf.format(kinds)}.`)
}

export function customerPath(kind: IdentifierKind, value: string): string {
  return `/v1/customers/${kind}/${encodeURIComponent(value)}`
}
