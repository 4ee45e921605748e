import { HOUR, MINUTE } from '#shared/time/duration.ts'
import { adasDay, adasSignUp, makeAda } from './ada.ts'
import { type Arrival, deliver, type Event, eventOf, malformedEvents } from './arrivals.ts'
import { anyProduct } from './menu.ts'
import { pastOf } from './past.ts'
import { makePeople, type Person } from './people.ts'
import { Random } from './random.ts'
import { changeConsent, scanCard, signUp } from './sign-up.ts'
import { abandon, browse, buyInStore, type Happening, logIn, orderAhead } from './visits.ts'

export interface DayOptions {
  readonly seed: string
  readonly customers: number
  /** The first instant of the day where Kaffi is (epoch ms). */
  readonly midnight: number
}

export interface Day {
  readonly people: readonly Person[]
  /** Those whom Kaffi knows already, as an import brings them. */
  readonly known: readonly Event[]
  /** In the order in which they arrive, which is not the order in which they happened. */
  readonly arrivals: readonly Arrival[]
}

/** A day at Kaffi, made up: the same options give the same day. */
export function makeDay({ seed, customers, midnight }: DayOptions): Day {
  const ada = makeAda()
  const people = makePeople(seed, customers - 1)
  const known = people
    .filter(({ kind }) => kind === 'member')
    .flatMap((person) => pastOf(person, seed, midnight).map(eventOf))
  const arrivals = [
    ...people.flatMap((person) => arrivalsOf(person, seed, midnight)),
    ...adasDay(midnight).map((happening) => ({ at: happening.at + 800, event: eventOf(happening) })),
    ...malformedEvents(midnight),
  ]
  return {
    people: [ada, ...people],
    known: [adasSignUp, ...known],
    arrivals: arrivals.sort((one, other) => one.at - other.at),
  }
}

function arrivalsOf(person: Person, seed: string, midnight: number): readonly Arrival[] {
  if (person.isLapsed) return []
  const random = new Random(`${seed}/day/${person.number}`)
  const happenings = dayOf(person, midnight, random)
  return [...happenings.flatMap((happening) => deliver(happening, random)), ...fromYesterday(person, midnight, random)]
}

function dayOf(person: Person, midnight: number, random: Random): readonly Happening[] {
  if (person.kind === 'visitor') return visitorsDay(person, midnight, random)
  if (person.kind === 'newcomer') return newcomersDay(person, midnight, random)
  return [...visits(person, midnight, random), ...changes(person, midnight, random)]
}

type Visit = (person: Person, at: number, random: Random) => readonly Happening[]

function visits(person: Person, midnight: number, random: Random): readonly Happening[] {
  const count = random.weighted([
    [0, 5],
    [1, 28],
    [2, 38],
    [3, 29],
  ])
  const times = Array.from({ length: count }, () => midnight + hourOfVisit(random)).sort((one, other) => one - other)
  return times.flatMap((at) => {
    const visit = random.weighted<Visit>([
      [orderAhead, 34],
      [buyInStore, 25],
      [browse, 19],
      [abandon, 22],
    ])
    return visit(person, at, random)
  })
}

/** Two peaks, at eight and at half past twelve, and a slow afternoon. */
function hourOfVisit(random: Random): number {
  const hour = random.weighted([
    [8, 42],
    [12.5, 32],
    [15.8, 16],
    [13.2, 10],
  ])
  const spread = random.weighted([
    [0.7, 75],
    [2.4, 25],
  ])
  return Math.min(19.6, Math.max(6.5, random.normal(hour, spread))) * HOUR
}

function visitorsDay(person: Person, midnight: number, random: Random): readonly Happening[] {
  const at = midnight + hourOfVisit(random)
  const looks = browse(person, at, random)
  return random.chance(0.2)
    ? [...looks, ...abandon(person, at + 12 * MINUTE, random).filter(({ channel }) => channel === 'web')]
    : looks
}

/** She is nobody at first; what her browser did is hers once she signs up there. */
function newcomersDay(person: Person, midnight: number, random: Random): readonly Happening[] {
  const at = midnight + hourOfVisit(random)
  const channel = random.weighted([
    ['app', 50],
    ['store', 25],
    ['web', 25],
  ])
  const before = channel === 'web' ? browse(person, at - 9 * MINUTE, random) : []
  const visit = random.weighted<Visit>([
    [orderAhead, 40],
    [buyInStore, 15],
    [abandon, 15],
    [() => [], 30],
  ])
  return [...before, signUp(person, at, channel), ...visit(person, at + random.between(2, 40) * MINUTE, random)]
}

function changes(person: Person, midnight: number, random: Random): readonly Happening[] {
  const at = midnight + hourOfVisit(random)
  const happenings: Happening[] = []
  if (random.chance(0.04)) happenings.push(changeConsent(person, at, random.chance(0.2)))
  if (person.cardIsLoose && person.card !== undefined && random.chance(0.6))
    happenings.push(scanCard(person, midnight + 19 * HOUR))
  // Somebody used her laptop and logged in as herself there.
  if (random.chance(0.01))
    happenings.push({
      ...logIn(person, at),
      identifiers: { userId: person.userId, anonymousId: `browser-${person.number + 1}` },
    })
  // A tablet in the store with two people's details in one form.
  if (random.chance(0.008))
    happenings.push({
      ...logIn(person, at),
      channel: 'store',
      identifiers: { userId: person.userId, email: 'ada@example.org' },
    })
  return happenings
}

/** A phone that was off since the day before: too late to start anything. */
function fromYesterday(person: Person, midnight: number, random: Random): readonly Arrival[] {
  if (person.device === undefined || !random.chance(0.02)) return []
  const { userId, device } = person
  const happening = {
    type: 'product.viewed',
    channel: 'app',
    identifiers: { userId, deviceId: device.id },
    properties: { product: anyProduct(random) },
  }
  return [{ at: midnight + 7.5 * HOUR, event: eventOf({ at: midnight - random.between(18, 21) * HOUR, ...happening }) }]
}
