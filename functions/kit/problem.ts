import { describeError, docsOf, isNamed, messageOf } from '#shared/errors/errors.ts'
import type { Log } from '#shared/world/world.ts'

const STATUS: Readonly<Record<string, number>> = {
  InvalidInput: 400,
  Conflict: 409,
  Unavailable: 503,
  Misconfigured: 500,
  Impossible: 500,
}

/** An error as RFC 9457 has it. A code that ends in `unknown` says that there is no such thing. */
export function problem(error: unknown, log: Log): Response {
  if (isNamed(error, 'SyntaxError')) return problemResponse(400, 'http.no-json', 'The body is not JSON.')
  const { name = '', code = '' } = error as { name?: string; code?: string }
  const status = name === 'InvalidInput' && code.endsWith('.unknown') ? 404 : (STATUS[name] ?? 500)
  if (status >= 500) log.error('a request failed', describeError(error))
  const detail =
    status < 500 || isNamed(error, 'Misconfigured') || status === 503
      ? messageOf(error)
      : 'Something failed here; the log has the details.'
  return problemResponse(status, name in STATUS ? code : 'http.failed', detail)
}

/** A "no" to a request, with the address of its section in the docs. */
export function problemResponse(
  status: number,
  code: string,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  const headers = { 'content-type': 'application/problem+json' }
  return new Response(JSON.stringify({ status, detail, code, type: docsOf(code), ...more }), { status, headers })
}
