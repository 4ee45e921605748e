import { createHash, timingSafeEqual } from 'node:crypto'
import type { MiddlewareHandler } from 'hono'
import type { HttpEnvironment } from '../kit/on-http.ts'
import { problemResponse } from '../kit/problem.ts'

/** Lets a request through that brings the installation's token as `Authorization: Bearer`. */
export const requireToken: MiddlewareHandler<HttpEnvironment> = async (context, next) => {
  const given = /^Bearer (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1]
  const { secrets } = context.get('world')
  if (given !== undefined && isSame(given, await secrets.apiToken())) return next()
  const response = problemResponse(
    401,
    'http.no-token',
    'Send the token as "Authorization: Bearer …"; a local system keeps it in its data folder, in "token".',
  )
  response.headers.set('www-authenticate', 'Bearer')
  return response
}

/** Compares hashes, so that neither the length nor the beginning of the token shows in the time it takes. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
