import { describeError, isNamed, messageOf } from '#shared/errors/errors.ts'
import type { Log } from '#shared/world/world.ts'

const STATUS: Readonly<Record<string, number>> = {
  InvalidInput: 400,
  Conflict: 409,
  Unavailable: 503,
  Misconfigured: 500,
  Impossible: 500,
}

/** An error as RFC 9457 has it. What is not for the caller shows as its code alone. */
export function problem(error: unknown, log: Log): Response {
  const { name, code, docs } = error as { name?: string; code?: string; docs?: string }
  const status = STATUS[name ?? ''] ?? 500
  if (status >= 500) log.error('a request failed', describeError(error))
  const detail =
    status < 500 || isNamed(error, 'Misconfigured') || status === 503
      ? messageOf(error)
      : 'Something failed here; the log has the details.'
  return problemResponse(status, detail, {
    ...(code === undefined ? {} : { code }),
    ...(docs === undefined ? {} : { type: docs }),
  })
}

export function problemResponse(
  status: number,
  detail: string,
  more: Readonly<Record<string, unknown>> = {},
): Response {
  const headers = { 'content-type': 'application/problem+json' }
  return new Response(JSON.stringify({ status, detail, ...more }), { status, headers })
}
