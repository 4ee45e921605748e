import { HOUR, MINUTE } from '#shared/time/duration.ts'
import signUp from '../people/ada.json' with { type: 'json' }
import type { Person } from './people.ts'
import type { Happening } from './visits.ts'

/** The persona of the story, as `people/ada.json` has her. */
export function makeAda(): Person {
  const { identifiers, device, traits } = signUp
  return {
    number: 0,
    kind: 'member',
    firstName: traits.firstName,
    locale: 'en',
    country: traits.country,
    store: { id: traits.favouriteStore, name: 'Kaffi Vesterbro' },
    userId: identifiers.userId,
    email: identifiers.email,
    mailboxIsGone: false,
    phone: identifiers.phone,
    card: identifiers.loyaltyCard,
    cardIsLoose: false,
    device: { ...device, platform: 'ios' },
    browser: 'adas-laptop',
    consent: {},
    isLapsed: false,
    hasOldPoints: false,
    points: traits.points,
  }
}

/** The touchpoint by which she became known, just as the file says. */
export const adasSignUp: Readonly<Record<string, unknown>> = signUp

const CORTADO = {
  items: [
    { name: 'Oat cortado', quantity: 1, price: 4.2 },
    { name: 'Cardamom bun', quantity: 1, price: 3.9 },
  ],
  total: 8.1,
}
const LUNCH = {
  items: [
    { name: 'Rye toast', quantity: 1, price: 6.2 },
    { name: 'Chai', quantity: 1, price: 4.6 },
  ],
  total: 10.8,
}

/**
 * She looks at a drink on her laptop, orders it on her phone and collects it with her card. In the afternoon she puts a
 * basket together and buys in the store instead: the reminder on her phone never goes out.
 */
export function adasDay(midnight: number): readonly Happening[] {
  const laptop = { anonymousId: 'adas-laptop' }
  const phone = { userId: 'ada', deviceId: signUp.device.id }
  const card = { loyaltyCard: signUp.identifiers.loyaltyCard }
  const at = (hour: number, minute: number): number => midnight + hour * HOUR + minute * MINUTE
  const order = (id: string, basket: typeof CORTADO) => ({
    order_id: id,
    store: 'vesterbro',
    store_name: 'Kaffi Vesterbro',
    ...basket,
    currency: 'EUR',
  })
  const [first, second] = [order('KADA1', CORTADO), order('KADA2', LUNCH)]
  return [
    { at: at(7, 46), type: 'page.viewed', channel: 'web', identifiers: laptop, properties: { path: '/menu' } },
    {
      at: at(7, 47),
      type: 'product.viewed',
      channel: 'web',
      identifiers: laptop,
      properties: { product: 'Oat cortado' },
    },
    { at: at(7, 49), type: 'customer.identified', channel: 'web', identifiers: { userId: 'ada', ...laptop } },
    { at: at(12, 4), type: 'order.started', channel: 'app', identifiers: phone, properties: first },
    { at: at(12, 6), type: 'order.placed', channel: 'app', identifiers: phone, properties: first },
    { at: at(12, 6) + 3_000, type: 'order.completed', channel: 'app', identifiers: phone, properties: first },
    { at: at(12, 14), type: 'order.ready', channel: 'store', identifiers: { userId: 'ada' }, properties: first },
    {
      at: at(12, 23),
      type: 'order.collected',
      channel: 'store',
      identifiers: card,
      properties: { order_id: 'KADA1', store: 'vesterbro' },
    },
    {
      at: at(12, 23) + 4_000,
      type: 'points.earned',
      channel: 'store',
      identifiers: card,
      traits: { points: 128 },
      properties: { points: 8 },
    },
    { at: at(16, 38), type: 'order.started', channel: 'app', identifiers: phone, properties: second },
    {
      at: at(17, 5),
      type: 'order.completed',
      channel: 'store',
      identifiers: card,
      properties: { ...second, order_id: 'till-17-05' },
    },
  ]
}
