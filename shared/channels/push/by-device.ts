import type { Outgoing, Provider } from '../../world/provider.ts'
import { parsePushAddress } from './push.ts'
import { isSubscription } from './subscription.ts'

/** What an installation pushes through; at least one. */
export interface PushProviders {
  /** AWS End User Messaging Push: every token of Apple and Google. */
  readonly application?: Provider
  /** Google itself: every token but those of Apple. */
  readonly google?: Provider
  /** Subscriptions of browsers. */
  readonly web?: Provider
}

/**
 * The provider that takes a device's token: a browser's subscription goes to its own push service, an Apple token
 * through End User Messaging, and every other to Google, directly where that is set up.
 */
export function pushByDevice(providers: PushProviders): Provider {
  return {
    name: 'push-by-device',
    idempotency: 'none',
    deliver: async (message) =>
      providerFor(message, providers)?.deliver(message) ?? { outcome: 'refused', reason: 'no-provider' },
  }
}

function providerFor({ to }: Outgoing, { application, google, web }: PushProviders): Provider | undefined {
  const address = parsePushAddress(to)
  if (address !== undefined && isSubscription(address.token)) return web
  if (address?.platform === 'ios') return application ?? google
  return google ?? application
}
