import { Hono } from 'hono'
import type { HttpEnvironment } from '#functions/kit/on-http.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { showCustomer } from '#shared/insights/customer.ts'
import { IDENTIFIER_KINDS, type IdentifierKind } from '#shared/touchpoints/identifiers.ts'

/** `GET /v1/customers/{kind}/{value}`: her profile and her whole thread. */
export const customers = new Hono<HttpEnvironment>().get('/:kind/:value', async (context) => {
  const { kind, value } = context.req.param()
  if (!IDENTIFIER_KINDS.includes(kind as IdentifierKind))
    return problemResponse(404, `There is no identifier "${kind}"; there are ${IDENTIFIER_KINDS.join(', ')}.`)
  const customer = await showCustomer(context.get('world'), { kind: kind as IdentifierKind, value })
  return customer === undefined
    ? problemResponse(404, 'We know no customer by this.', { code: 'customer.unknown' })
    : context.json(customer)
})
