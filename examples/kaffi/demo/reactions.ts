import { feedbackFrom, type OutboxFeedback, type OutboxMessage } from '#local/outbox.ts'
import { DAY, HOUR, MINUTE } from '#shared/time/duration.ts'
import { type Arrival, deliver } from './arrivals.ts'
import { anyProduct } from './menu.ts'
import type { Person } from './people.ts'
import { Random } from './random.ts'
import { buyInStore, type Happening, orderAhead, spend } from './visits.ts'

/** How people take what they get. The same person, message and moment always give the same reaction. */
export class Audience {
  readonly #seed: string
  readonly #midnight: number
  readonly #byAddress: ReadonlyMap<string, Person>

  constructor({
    seed,
    midnight,
    people,
  }: { readonly seed: string; readonly midnight: number; readonly people: readonly Person[] }) {
    this.#seed = seed
    this.#midnight = midnight
    this.#byAddress = new Map(
      people.flatMap((person) => addressesOf(person).map((address) => [address, person] as const)),
    )
  }

  /** What comes back, and when. A push address may name its platform first. */
  react(message: OutboxMessage): readonly Arrival[] {
    const person = this.#byAddress.get(message.to.replace(/^(ios|android|web):/, ''))
    if (person === undefined) return []
    const random = new Random(`${this.#seed}/${message.to}/${message.tags.step}/${message.at - this.#midnight}`)
    const model = { email: reactToEmail, sms: reactToSms, push: reactToPush }[message.channel]
    return (
      model?.({
        person,
        message,
        random,
        soon: (most) => this.#awake(message.at + random.between(MINUTE, most), random),
      }) ?? []
    )
  }

  /** What would fall into the night is done over breakfast. */
  #awake(at: number, random: Random): number {
    const hour = ((at - this.#midnight) % DAY) / HOUR
    if (hour >= 6.5 && hour < 22.5) return at
    const morning = at - hour * HOUR + (hour < 6.5 ? 0 : DAY)
    return morning + random.between(7, 9) * HOUR
  }
}

interface Scene {
  readonly person: Person
  readonly message: OutboxMessage
  readonly random: Random
  /** A waking moment within so many milliseconds of the message. */
  readonly soon: (most: number) => number
}

function addressesOf({ email, phone, device }: Person): readonly string[] {
  return [email, ...(phone === undefined ? [] : [phone]), ...(device === undefined ? [] : [device.pushToken])]
}

function reactToEmail(scene: Scene): readonly Arrival[] {
  const { person, random, soon } = scene
  if (person.mailboxIsGone) return [report(scene, 'bounced', scene.message.at + 5_000)]
  if (!random.chance(0.5)) return []
  const openedAt = soon(4 * HOUR)
  const opened = report(scene, 'opened', openedAt)
  if (random.chance(0.015)) return [opened, report(scene, 'complained', openedAt + 20_000)]
  if (random.chance(0.04)) return [opened, ...unsubscribe(scene, openedAt + 30_000)]
  if (!random.chance(0.5)) return [opened]
  return [opened, ...click(scene, openedAt + 15_000), ...follow(scene, openedAt + MINUTE)]
}

function reactToPush(scene: Scene): readonly Arrival[] {
  const isAboutAnOrder = messageOf(scene).startsWith('order-ready') || messageOf(scene).startsWith('order-waiting')
  if (!scene.random.chance(isAboutAnOrder ? 0.8 : 0.4)) return []
  const openedAt = scene.soon(isAboutAnOrder ? 5 * MINUTE : 50 * MINUTE)
  return [report(scene, 'opened', openedAt), ...follow(scene, openedAt + 20_000)]
}

const STOPS = { en: 'STOP', sv: 'Stopp', da: 'Stop', nl: 'Stop' } as const
const THANKS = { en: 'Thanks!', sv: 'Tack!', da: 'Tak!', nl: 'Dank je!' } as const

function reactToSms(scene: Scene): readonly Arrival[] {
  const { person, random, soon } = scene
  const answer = random.weighted([
    ['none', 84],
    ['stop', 7],
    ['thanks', 9],
  ])
  if (answer === 'none') return follow(scene, soon(2 * HOUR))
  return [report(scene, 'answered', soon(20 * MINUTE), { text: (answer === 'stop' ? STOPS : THANKS)[person.locale] })]
}

/** As her mail program does it for her, by the header of RFC 8058; a message that needs no consent has none. */
function unsubscribe({ message }: Scene, at: number): readonly Arrival[] {
  const { 'List-Unsubscribe': header = '' } = (message.content.headers ?? {}) as Readonly<Record<string, string>>
  const url = /^<(.+)>$/.exec(header)?.[1]
  return url === undefined ? [] : [{ at, link: { method: 'POST', url } }]
}

/** The first link of the text that is ours to count. */
function click({ message }: Scene, at: number): readonly Arrival[] {
  const url = /href="([^"]+\/c\/[^"]+)"/.exec(String(message.content.html))?.[1]
  return url === undefined ? [] : [{ at, link: { method: 'GET', url } }]
}

/** What a message leads her to do, and how likely that is. */
const NEXT: Readonly<
  Record<
    string,
    { readonly chance: number; readonly act: (person: Person, at: number, random: Random) => readonly Happening[] }
  >
> = {
  welcome: { chance: 0.5, act: look },
  'welcome-card': { chance: 0.3, act: orderAhead },
  'welcome-points': { chance: 0.3, act: orderAhead },
  'order-reminder': {
    chance: 0.8,
    act: (person, at, random) => (random.chance(0.4) ? orderAhead(person, at, random) : look(person, at, random)),
  },
  'offer-bun': { chance: 0.45, act: orderAhead },
  'offer-points': { chance: 0.35, act: orderAhead },
  'order-last-call': { chance: 0.15, act: orderAhead },
  'win-back-usual': { chance: 0.7, act: buyOrOrder },
  'win-back-new': { chance: 0.5, act: buyOrOrder },
  'points-expiring': { chance: 0.5, act: drinkForPoints },
  'points-last-days': { chance: 0.4, act: drinkForPoints },
}

function follow(scene: Scene, at: number): readonly Arrival[] {
  const { person, random } = scene
  const next = NEXT[messageOf(scene)]
  if (next === undefined || !random.chance(next.chance)) return []
  return next.act(person, at, random).flatMap((happening) => deliver(happening, random))
}

function look(person: Person, at: number, random: Random): readonly Happening[] {
  const identifiers = { userId: person.userId }
  return [0, 40_000].map((later) => ({
    at: at + later,
    type: 'product.viewed',
    channel: 'app',
    identifiers,
    properties: { product: anyProduct(random) },
  }))
}

function buyOrOrder(person: Person, at: number, random: Random): readonly Happening[] {
  return (random.chance(0.5) ? buyInStore : orderAhead)(person, at + random.between(1, 4) * HOUR, random)
}

/** A cup for points, and often something beside it. */
function drinkForPoints(person: Person, at: number, random: Random): readonly Happening[] {
  const visit = at + random.between(1, 5) * HOUR
  return random.chance(0.5)
    ? [spend(person, visit)]
    : [spend(person, visit), ...buyInStore(person, visit + 20_000, random)]
}

function messageOf({ message }: Scene): string {
  return (message.tags.step ?? '').replace(/^send-/, '').replace(/-\d+$/, '')
}

function report(
  { message }: Scene,
  what: OutboxFeedback,
  at: number,
  details: { readonly text?: string } = {},
): Arrival {
  return { at: at + 700, event: { ...feedbackFrom(message, what, { now: at, ...details }) } }
}
