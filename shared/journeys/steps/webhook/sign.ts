import { createHmac, type KeyObject } from 'node:crypto'

/**
 * The headers by which a receiver knows that a call is ours and has not been altered, as "Standard Webhooks" has them
 * (standardwebhooks.com): HMAC-SHA-256 over id, time and body, in Base64.
 * @param id the same for every try of the same call
 */
export function signedHeaders(key: KeyObject, id: string, now: number, body: string): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1_000))
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
    'idempotency-key': id,
  }
}
