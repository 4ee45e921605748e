import type { Person } from './people.ts'
import type { Happening } from './visits.ts'

/** She becomes known; `mode: 'history'` for those whom Kaffi knew before it had Throughline. */
export function signUp(person: Person, at: number, channel: string, mode?: 'history'): Happening {
  const {
    userId,
    email,
    phone,
    card,
    cardIsLoose,
    device,
    browser,
    firstName,
    locale,
    country,
    store,
    points,
    consent,
  } = person
  return {
    at,
    type: 'customer.signed-up',
    channel,
    identifiers: {
      userId,
      email,
      ...(phone === undefined ? {} : { phone }),
      ...(card === undefined || cardIsLoose ? {} : { loyaltyCard: card }),
      ...(channel === 'web' ? { anonymousId: browser } : {}),
    },
    ...(device === undefined ? {} : { device }),
    traits: { firstName, locale, country, favouriteStore: store.id, points },
    consent,
    properties: { store: store.id },
    ...(mode === undefined ? {} : { mode }),
  }
}

/** She scans the card that she has been using at the till: two customers turn out to be one. */
export function scanCard({ userId, card = '' }: Person, at: number): Happening {
  return { at, type: 'customer.identified', channel: 'app', identifiers: { userId, loyaltyCard: card } }
}

export function changeConsent({ userId }: Person, at: number, given: boolean): Happening {
  return {
    at,
    type: given ? 'consent.given' : 'consent.withdrawn',
    channel: 'web',
    identifiers: { userId },
    consent: { offers: { email: given, push: given } },
    properties: { where: 'preferences' },
  }
}
