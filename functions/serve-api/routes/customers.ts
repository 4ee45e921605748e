import { type Context, Hono } from 'hono'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { problemResponse } from '#functions/kit/problem.ts'
import { unknownSegment } from '#functions/kit/unknown-document.ts'
import { findProfile, showCustomer } from '#shared/insights/customer.ts'
import { customerRows } from '#shared/insights/customer-rows.ts'
import { explainMembership } from '#shared/insights/segments.ts'
import { why } from '#shared/insights/why.ts'
import { IDENTIFIER_KINDS, type Identifier, type IdentifierKind } from '#shared/touchpoints/identifiers.ts'

/**
 * `GET /v1/customers/{kind}/{value}`: her profile and her whole thread; with `/rows` (and `cursor`) all that is stored
 * about her, as it is stored; with `/segments/{name}` why she is in a segment or is not; with `/why/{name}`
 * why a journey or a message came to her or did not.
 */
export const customers = new Hono<HttpEnvironment>()
  .get('/:kind/:value', async (context) => {
    const identifier = identifierOf(context)
    if (identifier instanceof Response) return identifier
    const customer = await showCustomer(context.get('world'), identifier)
    return customer === undefined ? unknownCustomer() : context.json(customer)
  })
  .get('/:kind/:value/rows', async (context) => {
    const identifier = identifierOf(context)
    if (identifier instanceof Response) return identifier
    const profile = await findProfile(context.get('world'), identifier)
    if (profile === undefined) return unknownCustomer()
    return context.json(await customerRows(context.get('world'), profile, context.req.query('cursor')))
  })
  .get('/:kind/:value/segments/:segment', async (context) => {
    const identifier = identifierOf(context)
    if (identifier instanceof Response) return identifier
    const profile = await findProfile(context.get('world'), identifier)
    if (profile === undefined) return unknownCustomer()
    const { segment } = context.req.param()
    const reason = await explainMembership(context.get('world'), segment, profile)
    return reason === undefined ? unknownSegment(segment) : context.json(reason)
  })
  .get('/:kind/:value/why/:name', async (context) => {
    const identifier = identifierOf(context)
    if (identifier instanceof Response) return identifier
    const profile = await findProfile(context.get('world'), identifier)
    if (profile === undefined) return unknownCustomer()
    const { name } = context.req.param()
    const answer = await why(context.get('world'), profile, name)
    return answer === undefined
      ? problemResponse(404, 'why.unknown-name', `There is no journey and no message "${name}".`)
      : context.json(answer)
  })

function identifierOf(context: Context): Identifier | Response {
  const { kind = '', value = '' } = context.req.param()
  if (IDENTIFIER_KINDS.includes(kind as IdentifierKind)) return { kind: kind as IdentifierKind, value }
  return problemResponse(
    404,
    'identifier.unknown',
    `There is no identifier "${kind}"; there are ${IDENTIFIER_KINDS.join(', ')}.`,
  )
}

function unknownCustomer(): Response {
  return problemResponse(404, 'customer.unknown', 'We know no customer by this.')
}
