/** Something that happened to one of many customers, as an app sends it. */
export type Event = Readonly<Record<string, unknown>>

/** A customer as the example brand comes to know her: with every consent, and an address on every channel. */
export function signUp(n: number): Event {
  return {
    type: 'customer.signed-up',
    channel: 'app',
    identifiers: { userId: `user-${n}`, email: `user-${n}@example.org`, phone: `+45201${10_000 + n}` },
    device: { id: `phone-${n}`, platform: 'ios', pushToken: `push-token-of-${n}` },
    traits: {
      firstName: 'Ada',
      locale: 'en',
      country: 'DK',
      timeZone: 'Europe/Copenhagen',
      favouriteStore: 'vesterbro',
      points: 120,
    },
    consent: CONSENTS,
    properties: { store: 'vesterbro' },
  }
}

/** As `signUp`, of one whom the brand knew before it had the system: it starts nothing. */
export function knownBefore(n: number): Event {
  return { ...signUp(n), mode: 'history' }
}

const CONSENTS = ['offers', 'loyalty', 'newsletter'].flatMap((purpose) =>
  ['email', 'sms', 'push'].map((channel) => ({
    purpose,
    channel,
    state: 'given',
    wording: 'Yes, write to me',
    source: 'app, sign-up',
  })),
)

/** What she does with her app. */
export function hers(n: number, type: string, more: Event = {}): Event {
  return { type, channel: 'app', identifiers: { userId: `user-${n}` }, ...more }
}

export function order(n: number): Event {
  return {
    order_id: `order-${n}`,
    store: 'vesterbro',
    store_name: 'Kaffi Vesterbro',
    items: [
      { name: 'Oat cortado', quantity: 1, price: 4.2 },
      { name: 'Cardamom bun', quantity: 1, price: 3.9 },
    ],
    total: 8.1,
    currency: 'EUR',
  }
}
