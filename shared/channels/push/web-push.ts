import { createHash } from 'node:crypto'
import webPush from 'web-push'
import * as z from 'zod'
import { Unavailable } from '../../errors/errors.ts'
import type { Delivery, Outgoing, Provider } from '../../world/provider.ts'
import type { World } from '../../world/world.ts'
import { type Answered, deliverOverHttp } from './http-delivery.ts'
import { payloadOf } from './payload.ts'
import { PushContent, parsePushAddress } from './push.ts'
import { readSubscription, type Subscription } from './subscription.ts'

/** What `npx web-push generate-vapid-keys --json` prints (RFC 8292); web apps subscribe with the public one. */
export const VapidKeys = z.object({
  publicKey: z.string().regex(/^[\w-]{87}$/),
  privateKey: z.string().regex(/^[\w-]{43}$/),
})

export type VapidKeys = z.infer<typeof VapidKeys>

interface WebPushOptions extends Pick<World, 'http'> {
  readonly keys: () => Promise<VapidKeys>
  /** Whom a push service may turn to: `mailto:` or `https:` (RFC 8292, section 2.1). */
  readonly contact: string
}

/** How long (s) a push service keeps a message for a browser that is not running. */
const KEPT_SECONDS = 86_400
/** RFC 8030, section 5.4. */
const TOPIC_CHARACTERS = 32

/**
 * Browsers, by their own push services (RFC 8030, 8291 and 8292). The service worker gets JSON: `title`, `body`,
 * `icon`, and under `data` what every app gets. Two messages of one dispatch that wait for a browser are one.
 */
export function webPushProvider({ http, keys, contact }: WebPushOptions): Provider {
  return {
    name: 'web-push',
    idempotency: 'none',
    deliver: async (message) => {
      const subscription = readSubscription(parsePushAddress(message.to)?.token ?? '')
      if (subscription === undefined) return { outcome: 'refused', reason: 'bad-address', suppress: true }
      const request = encrypt(subscription, message, { ...(await known(keys)), subject: contact })
      return deliverOverHttp(http, request, (answer) => outcomeOf(answer, message))
    },
  }
}

/** Without keys nothing was sent. */
function known(keys: WebPushOptions['keys']): Promise<VapidKeys> {
  return keys().catch((cause: unknown) => {
    throw new Unavailable('push.no-web-keys', 'The keys for web push cannot be read; see their secret.', { cause })
  })
}

function encrypt(subscription: Subscription, message: Outgoing, vapidDetails: VapidKeys & { subject: string }) {
  const { title, body, icon } = PushContent.parse(message.content)
  const payload = JSON.stringify({ title, body, ...(icon === undefined ? {} : { icon }), data: payloadOf(message) })
  const request = webPush.generateRequestDetails(subscription, payload, {
    vapidDetails,
    TTL: KEPT_SECONDS,
    topic: topicOf(message.dispatch),
    contentEncoding: 'aes128gcm',
  })
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  return { method: 'POST' as const, url: request.endpoint, headers, body: request.body }
}

function topicOf(dispatch: string): string {
  return createHash('sha256').update(dispatch).digest('base64url').slice(0, TOPIC_CHARACTERS)
}

function outcomeOf({ status }: Answered, { dispatch }: Outgoing): Delivery | undefined {
  // It has an id of its own for a message, which nothing of it is ever reported by.
  if (status === 201 || status === 200 || status === 202) return { outcome: 'accepted', providerId: dispatch }
  if (status === 404 || status === 410) return { outcome: 'refused', reason: 'permanent-failure', suppress: true }
  if (status === 413) return { outcome: 'refused', reason: 'too-long' }
  return status === 400 ? { outcome: 'refused', reason: 'bad-request' } : undefined
}
