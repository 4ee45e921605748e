import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { HttpEnvironment } from './http-app.ts'
import { problemResponse } from './problem.ts'
import { ALLOWED } from './roles.ts'

/** Lets a request through that brings the installation's token as `Authorization: Bearer`. */
export const requireToken: MiddlewareHandler<HttpEnvironment> = async (context, next) =>
  (await bringsToken(context)) ? next() : notKnown()

/** Lets a request through that brings the installation's token, or that of a person who has a role for this route. */
export const requireRole: MiddlewareHandler<HttpEnvironment> = async (context, next) => {
  if (await bringsToken(context)) return next()
  const person = await context.get('world').signIn?.personOf(bearerOf(context))
  if (person === undefined) return notKnown()
  const route = matchedRoutes(context).find(({ method }) => method !== 'ALL')
  const allowed = route && ALLOWED[`${route.method} ${route.path}`]
  if (allowed !== 'signed in' && !allowed?.some((role) => person.roles.includes(role))) return notAllowed(allowed)
  context.set('person', person)
  return next()
}

/** Whoever signed in is who she is; whoever has the token says it. */
export function whoDoes<Said>(context: Context<HttpEnvironment>, said: Said): Said | string {
  return context.get('person')?.name ?? said
}

async function bringsToken(context: Context<HttpEnvironment>): Promise<boolean> {
  const given = bearerOf(context)
  return given !== '' && isSame(given, await context.get('world').secrets.apiToken())
}

function bearerOf(context: Context): string {
  return /^Bearer (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1] ?? ''
}

function notKnown(): Response {
  const response = problemResponse(
    401,
    'http.no-token',
    'Sign in again, or send the token as "Authorization: Bearer …"; a local system keeps it in its data folder, in "token".',
  )
  response.headers.set('www-authenticate', 'Bearer')
  return response
}

function notAllowed(roles: readonly string[] = []): Response {
  const whose = roles.length === 0 ? 'the token of the installation' : `the role ${roles.join(' or ')}`
  return problemResponse(403, 'http.not-allowed', `This takes ${whose}. Ask those who run the installation.`)
}

/** Compares hashes, so that neither the length nor the beginning of the token shows in the time it takes. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}
