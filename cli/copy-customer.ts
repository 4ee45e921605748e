import type { CustomerRows } from '#shared/insights/customer-rows.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import type { Client } from './client.ts'
import { customerPath, findCustomer } from './find-customer.ts'

/** Everything that the running system stores about a customer. */
export async function copyCustomer(
  client: Client,
  identifier: string,
  kind?: IdentifierKind,
): Promise<Omit<CustomerRows, 'cursor'>> {
  const { cursor: next, ...first } = await findCustomer<CustomerRows>(client, identifier, kind, '/rows')
  const rows = [...first.rows]
  for (let cursor = next; cursor !== undefined; ) {
    const page = await client.get<CustomerRows>(`${customerPath('customerId', first.customer)}/rows`, { cursor })
    rows.push(...page.rows)
    cursor = page.cursor
  }
  return { ...first, rows }
}
