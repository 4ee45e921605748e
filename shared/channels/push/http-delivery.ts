import { Impossible, Unavailable } from '../../errors/errors.ts'
import type { Http, HttpRequest } from '../../world/http.ts'
import type { Delivery } from '../../world/provider.ts'

export interface Answered {
  readonly status: number
  readonly body: string
}

/** Milliseconds for a push service to answer. */
const TIMEOUT = 10_000

/**
 * Hands a message over by plain HTTP, once, and says what is known. `outcomeOf` reads the answers that decide; every
 * other below 500, and 503, means that nothing was taken.
 * @throws Unavailable when the message was surely not taken; Impossible when nobody knows.
 */
export async function deliverOverHttp(
  http: Http,
  request: Omit<HttpRequest, 'timeout'>,
  outcomeOf: (answer: Answered) => Delivery | undefined,
): Promise<Delivery> {
  const answer = await http.request({ ...request, timeout: TIMEOUT })
  if (answer.outcome === 'refused') return { outcome: 'refused', reason: 'bad-address', suppress: true }
  if (answer.outcome === 'failed') throw answer.reason === 'no-such-host' ? notTaken(answer) : unknown(answer)
  const known = outcomeOf(answer)
  if (known !== undefined) return known
  throw answer.status < 500 || answer.status === 503 ? notTaken(answer) : unknown(answer)
}

interface Why {
  readonly reason?: string
  readonly status?: number
}

function notTaken({ reason, status }: Why): Unavailable {
  return new Unavailable('provider.not-taken', `The provider took nothing: ${reason ?? status}.`, {
    details: { reason, status },
  })
}

function unknown({ reason, status }: Why): Impossible {
  return new Impossible('push.unknown-failure', 'The push service does not know whether it took the message.', {
    details: { reason, status },
  })
}
