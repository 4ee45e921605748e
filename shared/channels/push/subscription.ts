import { ECDH } from 'node:crypto'
import * as z from 'zod'
import { isNamed } from '../../errors/errors.ts'

/** A browser's own subscription, as `JSON.stringify(subscription)` writes it; its keys as RFC 8291 wants them. */
const Subscription = z.object({
  endpoint: z.url(),
  keys: z.object({
    p256dh: z
      .string()
      .regex(/^[\w-]{87}=?$/)
      .refine(isPoint),
    auth: z.string().regex(/^[\w-]{22}(==)?$/),
  }),
})

export type Subscription = z.infer<typeof Subscription>

/** No token of Apple or Google begins like this. */
export function isSubscription(token: string): boolean {
  return token.startsWith('{')
}

/** Undefined when it is none, or no browser can have made it. */
export function readSubscription(token: string): Subscription | undefined {
  try {
    return Subscription.safeParse(JSON.parse(token)).data
  } catch (error) {
    if (isNamed(error, 'SyntaxError')) return undefined
    throw error
  }
}

function isPoint(key: string): boolean {
  try {
    return ECDH.convertKey(key, 'prime256v1', 'base64url').length > 0
  } catch (error) {
    if (isNamed(error, 'Error')) return false
    throw error
  }
}
