import type { MiddlewareHandler } from 'hono'
import { problemResponse } from '#functions/kit/problem.ts'

/**
 * Nothing of this server is for pages of other origins: a request must name this host, and when it says where it comes
 * from, that must be here. Keeps DNS rebinding and cross-site requests out, also for streams.
 */
export function guard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`]
    const host = context.req.header('host') ?? ''
    if (!hosts.includes(host))
      return problemResponse(403, 'http.foreign-host', `This server answers to ${hosts.join(' and ')} only.`)
    const origin = context.req.header('origin')
    const isOneClick = context.req.method === 'POST' && context.req.path.startsWith('/u/')
    if (origin !== undefined && !isOneClick && !hosts.some((own) => origin === `http://${own}`))
      return problemResponse(403, 'http.foreign-origin', 'Pages of other origins may not use this server.')
    if (
      context.req.header('sec-fetch-site') === 'cross-site' &&
      context.req.header('sec-fetch-mode') !== 'navigate' &&
      !isOneClick
    )
      return problemResponse(403, 'http.foreign-site', 'Pages of other sites may not use this server.')
    await next()
    context.res.headers.set('x-content-type-options', 'nosniff')
    context.res.headers.set('referrer-policy', 'no-referrer')
  }
}
