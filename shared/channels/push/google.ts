import * as z from 'zod'
import type { Delivery, Outgoing, Provider } from '../../world/provider.ts'
import type { World } from '../../world/world.ts'
import { type Access, googleAccess, type ServiceAccount } from './google-access.ts'
import { type Answered, deliverOverHttp } from './http-delivery.ts'
import { googleMessage } from './payload.ts'
import { parsePushAddress } from './push.ts'

interface GoogleOptions extends Pick<World, 'http' | 'clock'> {
  /** Asked once for each access token. */
  readonly account: () => Promise<ServiceAccount>
  /** Google's own, unless told otherwise. */
  readonly origin?: string
}

/** firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode: no app holds the token any more, or another sender's. */
const DEAD_TOKEN = /"(UNREGISTERED|SENDER_ID_MISMATCH)"/

const Sent = z.object({ name: z.string().min(1) })

/** Firebase Cloud Messaging, HTTP v1: tokens of Android apps, and of web and iOS apps that have its SDK. */
export function googleProvider({ account, origin = 'https://fcm.googleapis.com', ...world }: GoogleOptions): Provider {
  const access = googleAccess(world, account)
  return {
    name: 'google-push',
    idempotency: 'none',
    deliver: async (message) => {
      const address = parsePushAddress(message.to)
      if (!address) return { outcome: 'refused', reason: 'bad-address', suppress: true }
      return deliverOverHttp(world.http, requestFor(origin, await access(), address.token, message), outcomeOf)
    },
  }
}

function requestFor(origin: string, { token: bearer, project }: Access, token: string, message: Outgoing) {
  return {
    method: 'POST' as const,
    url: `${origin}/v1/projects/${project}/messages:send`,
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: { token, ...googleMessage(message) } }),
  }
}

function outcomeOf({ status, body }: Answered): Delivery | undefined {
  if (status === 200) return { outcome: 'accepted', providerId: Sent.parse(JSON.parse(body)).name }
  // A 404 alone may as well mean that there is no such project.
  if ((status === 404 || status === 403) && DEAD_TOKEN.test(body))
    return { outcome: 'refused', reason: 'permanent-failure', suppress: true }
  return status === 400 ? { outcome: 'refused', reason: 'bad-request' } : undefined
}
