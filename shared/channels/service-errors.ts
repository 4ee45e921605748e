import { Impossible, Unavailable } from '../errors/errors.ts'
import type { Delivery } from '../world/provider.ts'

/** An error that an AWS service answered with, as every SDK client throws it. */
export interface ServiceError extends Error {
  readonly $metadata: { readonly httpStatusCode?: number }
  /** Why, where the service has several reasons for one error. */
  readonly Reason?: string
}

interface Client {
  readonly config: { readonly maxAttempts: () => Promise<number> }
}

/** The request never left this machine. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CredentialsProviderError'])

/**
 * Sends once and says what is known. `refusalOf` names the answers that mean "never this message to this address".
 * Every other error below 500, and 503, means that nothing was taken (too fast, paused, not allowed, not set up).
 * @throws Unavailable when the message was surely not taken; anything else when nobody knows.
 */
export async function sendOnce(
  client: Client,
  send: () => Promise<Delivery>,
  refusalOf: (error: ServiceError) => Delivery | undefined,
): Promise<Delivery> {
  await requireSingleAttempt(client)
  try {
    return await send()
  } catch (error) {
    const refusal = isServiceError(error) ? refusalOf(error) : undefined
    if (refusal) return refusal
    throw surelyNotTaken(error) ? notTaken(error) : error
  }
}

/** What a provider has taken, it has given an id. @throws Impossible when it has not: nobody knows what it did. */
export function acceptedAs(providerId: string | undefined): Delivery {
  if (providerId) return { outcome: 'accepted', providerId }
  throw new Impossible('provider.no-id', 'The provider answered without saying as what it took the message.')
}

/** A client that repeats by itself after a lost answer would send twice. */
async function requireSingleAttempt({ config }: Client): Promise<void> {
  if ((await config.maxAttempts()) === 1) return
  throw new Unavailable('provider.retrying-client', 'Make the SDK client of this provider with maxAttempts: 1.')
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && statusOf(error) !== undefined
}

function surelyNotTaken(error: unknown): boolean {
  const status = statusOf(error)
  // A success that cannot be read is one all the same.
  if (status !== undefined) return (status >= 300 && status < 500) || status === 503
  return NEVER_SENT.has(codeOf(error))
}

function statusOf(error: unknown): number | undefined {
  // Any thrown value: reading a missing property of it gives undefined.
  return (error as Partial<ServiceError> | undefined)?.$metadata?.httpStatusCode
}

function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { readonly code?: string; readonly name?: string }
  return code ?? name ?? ''
}

/** The service's own words may quote an address, so only its name for the error goes along. */
function notTaken(error: unknown): Unavailable {
  const details = { error: codeOf(error), status: statusOf(error) }
  return new Unavailable('provider.not-taken', `The provider took nothing: ${details.error}.`, { details })
}
