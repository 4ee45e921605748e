import { HOUR, MINUTE } from '#shared/time/duration.ts'
import { anyProduct, type Basket, makeBasket, withBun } from './menu.ts'
import type { Person } from './people.ts'
import type { Random } from './random.ts'

type Properties = Readonly<Record<string, unknown>>

/** Something that a person does, before anybody has heard of it. */
export interface Happening {
  readonly at: number
  readonly type: string
  readonly channel: string
  readonly identifiers: Readonly<Record<string, string>>
  readonly device?: Person['device']
  readonly traits?: Readonly<Record<string, unknown>>
  readonly consent?: Person['consent']
  readonly properties?: Properties
  readonly mode?: 'history'
}

const SECOND = 1_000

/** She looks round on the web; with luck she logs in, and what she looked at before becomes hers. */
export function browse(person: Person, at: number, random: Random): readonly Happening[] {
  const anonymous = { anonymousId: person.browser }
  const logsInAfter = person.kind === 'member' && random.chance(0.4) ? random.whole(1, 3) : Number.POSITIVE_INFINITY
  const happenings: Happening[] = []
  let now = at
  for (let step = 0, steps = random.whole(3, 9); step < steps; step++) {
    const identifiers = step > logsInAfter ? { userId: person.userId, ...anonymous } : anonymous
    const page = { path: step === 0 ? '/' : random.pick(['/menu', '/stores', '/card', '/about']) }
    const isProduct = step > 0 && random.chance(0.55)
    happenings.push({
      at: now,
      type: isProduct ? 'product.viewed' : 'page.viewed',
      channel: 'web',
      identifiers,
      properties: isProduct ? { product: anyProduct(random) } : page,
    })
    if (step === logsInAfter) happenings.push(logIn(person, now + 5 * SECOND))
    now += random.between(8, 70) * SECOND
  }
  return happenings
}

export function logIn(person: Person, at: number): Happening {
  return {
    at,
    type: 'customer.identified',
    channel: 'web',
    identifiers: { userId: person.userId, anonymousId: person.browser },
  }
}

/** She puts a basket together in the app and leaves it; some buy in the store instead. */
export function abandon(person: Person, at: number, random: Random): readonly Happening[] {
  const order = startOrder(person, at, random)
  const buysInStore = person.card !== undefined && random.chance(0.35)
  return buysInStore
    ? [...order.happenings, ...buyInStore(person, order.now + random.between(10, 50) * MINUTE, random)]
    : order.happenings
}

/** Ordered on the phone, paid there, collected in the store with the card. */
export function orderAhead(person: Person, at: number, random: Random): readonly Happening[] {
  const { happenings, now, basket, orderId } = startOrder(person, at, random)
  const properties = orderProperties(person, orderId, basket)
  const placedAt = now + random.between(20, 120) * SECOND
  const said = [
    ...happenings,
    inApp(person, placedAt, 'order.placed', properties),
    inApp(person, placedAt + 3 * SECOND, 'order.completed', properties),
  ]
  if (random.chance(0.015)) return said
  const readyAt = placedAt + random.between(5, 14) * MINUTE
  said.push(inStore(person, readyAt, 'order.ready', properties, { userId: person.userId }))
  const comes = random.weighted([
    ['soon', 89],
    ['late', 8],
    ['never', 3],
  ])
  if (comes === 'never') return said
  const collectedAt = readyAt + (comes === 'soon' ? random.between(1, 25) * MINUTE : random.between(2.1, 3.5) * HOUR)
  const identifiers =
    person.card === undefined ? { userId: person.userId } : { userId: person.userId, loyaltyCard: person.card }
  said.push(inStore(person, collectedAt, 'order.collected', { order_id: orderId, store: person.store.id }, identifiers))
  said.push(earn(person, collectedAt + 4 * SECOND, basket, identifiers))
  return random.chance(0.04) ? [...said, complain(person, collectedAt, { orderId, random })] : said
}

const COMPLAINTS = {
  'cold drink': {
    en: 'My drink was cold when I got it.',
    sv: 'Drycken var kall när jag fick den.',
    da: 'Min kaffe var kold, da jeg fik den.',
    nl: 'Mijn koffie was koud toen ik hem kreeg.',
  },
  'wrong order': {
    en: 'That is not what I ordered.',
    sv: 'Det här är inte det jag beställde.',
    da: 'Det er ikke det, jeg bestilte.',
    nl: 'Dit is niet wat ik besteld had.',
  },
} as const

/** In the app, over the cup. */
function complain(
  person: Person,
  collectedAt: number,
  { orderId, random }: { readonly orderId: string; readonly random: Random },
): Happening {
  const topic = random.pick(['cold drink', 'wrong order'])
  const text = COMPLAINTS[topic][person.locale]
  const properties = { complaint_id: `complaint-${orderId}`, order_id: orderId, topic, text }
  return inApp(person, collectedAt + random.between(3, 20) * MINUTE, 'complaint.made', properties)
}

/** At the till, with the card; now and then a cup is paid with points. */
export function buyInStore(person: Person, at: number, random: Random): readonly Happening[] {
  if (person.card === undefined) return []
  const identifiers = { loyaltyCard: person.card }
  const basket = makeBasket(random)
  const spends = person.points >= 50 && random.chance(0.2) ? [spend(person, at - 5 * SECOND)] : []
  const properties = orderProperties(person, orderIdAt(person, at), basket)
  return [
    ...spends,
    inStore(person, at, 'order.completed', properties, identifiers),
    earn(person, at + 3 * SECOND, basket, identifiers),
  ]
}

/** Fifty points are a cup. */
export function spend(person: Person, at: number): Happening {
  person.points -= 50
  const identifiers = person.card === undefined ? { userId: person.userId } : { loyaltyCard: person.card }
  return {
    ...inStore(person, at, 'points.spent', { points: 50, store: person.store.id }, identifiers),
    traits: { points: person.points },
  }
}

/** One of long ago, as an import brings it. */
export function pastOrder(person: Person, at: number, random: Random): Happening {
  const properties = orderProperties(person, orderIdAt(person, at), makeBasket(random))
  return { ...inApp(person, at, 'order.completed', properties), mode: 'history' }
}

interface Started {
  readonly happenings: readonly Happening[]
  readonly now: number
  readonly basket: Basket
  readonly orderId: string
}

function startOrder(person: Person, at: number, random: Random): Started {
  const looks = Array.from({ length: random.whole(1, 5) }, (_, step) =>
    inApp(person, at + step * 25 * SECOND, 'product.viewed', { product: anyProduct(random) }),
  )
  const now = at + looks.length * 25 * SECOND
  const orderId = orderIdAt(person, now)
  const basket = makeBasket(random)
  const first = inApp(person, now, 'order.started', orderProperties(person, orderId, basket))
  if (!random.chance(0.2)) return { happenings: [...looks, first], now, basket, orderId }
  const changedAt = now + random.between(20, 90) * SECOND
  const more = withBun(basket)
  const changed = inApp(person, changedAt, 'order.started', orderProperties(person, orderId, more))
  return { happenings: [...looks, first, changed], now: changedAt, basket: more, orderId }
}

/** Without a phone of ours she does the same in the browser, logged in. */
function inApp(person: Person, at: number, type: string, properties: Properties): Happening {
  const { device, userId, browser } = person
  if (person.kind === 'visitor') return { at, type, channel: 'web', identifiers: { anonymousId: browser }, properties }
  if (device === undefined)
    return { at, type, channel: 'web', identifiers: { userId, anonymousId: browser }, properties }
  return { at, type, channel: 'app', identifiers: { userId, deviceId: device.id }, properties }
}

function inStore(
  person: Person,
  at: number,
  type: string,
  properties: Properties,
  identifiers: Happening['identifiers'],
): Happening {
  return { at, type, channel: 'store', identifiers, properties: { store: person.store.id, ...properties } }
}

/** A euro is a point. */
function earn(person: Person, at: number, { total }: Basket, identifiers: Happening['identifiers']): Happening {
  const points = Math.floor(total)
  person.points += points
  return { ...inStore(person, at, 'points.earned', { points }, identifiers), traits: { points: person.points } }
}

function orderProperties({ store }: Person, orderId: string, { items, total }: Basket): Properties {
  return { order_id: orderId, store: store.id, store_name: store.name, items, total, currency: 'EUR' }
}

/** A short number that one can say at the counter; one person never has the same twice within days. */
function orderIdAt({ number }: Person, at: number): string {
  const place = (Math.floor(at / 1_000) + number * 7_919) % 32 ** 4
  return `K${place.toString(32).toUpperCase().padStart(4, '0')}`
}
