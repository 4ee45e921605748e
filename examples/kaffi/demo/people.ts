import { Random } from './random.ts'

/** Somebody in the demo's town. `member`: known before the day; `newcomer`: signs up on it; `visitor`: never says who she is. */
export interface Person {
  readonly number: number
  readonly kind: 'member' | 'newcomer' | 'visitor'
  readonly firstName: string
  readonly locale: Locale
  readonly country: string
  readonly store: Store
  readonly userId: string
  readonly email: string
  /** Mail to it bounces. */
  readonly mailboxIsGone: boolean
  readonly phone: string | undefined
  readonly card: string | undefined
  /** She got the card in the store and has not scanned it into the app yet. */
  readonly cardIsLoose: boolean
  readonly device: Device | undefined
  /** What the web knows her browser by. */
  readonly browser: string
  readonly consent: Readonly<Record<string, Readonly<Record<string, boolean>>>>
  /** She came last two months ago, and does not come by herself. */
  readonly isLapsed: boolean
  /** What is on her card ends in a month. */
  readonly hasOldPoints: boolean
  /** On her card, as the day goes on. */
  points: number
}

export interface Device {
  readonly id: string
  readonly platform: 'ios' | 'android'
  readonly pushToken: string
}

export interface Store {
  readonly id: string
  readonly name: string
}

type Locale = 'en' | 'sv' | 'da' | 'nl'

interface Country {
  readonly country: string
  readonly firstPhone: number
  readonly names: readonly string[]
  readonly stores: readonly Store[]
}

/** Of `stores.csv`, by the language of the street. */
const COUNTRIES: Readonly<Record<Exclude<Locale, 'en'>, Country>> = {
  da: {
    country: 'DK',
    firstPhone: 4_521_000_000,
    names: [
      'Freja',
      'Emil',
      'Ida',
      'Noah',
      'Alma',
      'Oscar',
      'Clara',
      'Viggo',
      'Agnes',
      'Malthe',
      'Karla',
      'Anton',
      'Sofie',
      'Magnus',
      'Liva',
      'August',
    ],
    stores: [
      { id: 'vesterbro', name: 'Kaffi Vesterbro' },
      { id: 'norrebro', name: 'Kaffi Nørrebro' },
      { id: 'torvehallerne', name: 'Kaffi Torvet' },
      { id: 'aarhus', name: 'Kaffi Latinerkvarteret' },
    ],
  },
  sv: {
    country: 'SE',
    firstPhone: 46_710_000_000,
    names: [
      'Alva',
      'Hugo',
      'Elsa',
      'Nils',
      'Astrid',
      'Axel',
      'Maja',
      'Olle',
      'Saga',
      'Gustav',
      'Tuva',
      'Arvid',
      'Ebba',
      'Sixten',
      'Lova',
      'Ture',
    ],
    stores: [
      { id: 'malmo', name: 'Kaffi Möllan' },
      { id: 'soder', name: 'Kaffi Söder' },
      { id: 'vasastan', name: 'Kaffi Vasastan' },
      { id: 'goteborg', name: 'Kaffi Haga' },
    ],
  },
  nl: {
    country: 'NL',
    firstPhone: 31_610_000_000,
    names: [
      'Noor',
      'Daan',
      'Fenna',
      'Sem',
      'Lotte',
      'Bram',
      'Sanne',
      'Ties',
      'Roos',
      'Joris',
      'Evi',
      'Teun',
      'Fleur',
      'Gijs',
      'Mila',
      'Stijn',
    ],
    stores: [
      { id: 'jordaan', name: 'Kaffi Jordaan' },
      { id: 'depijp', name: 'Kaffi De Pijp' },
      { id: 'utrecht', name: 'Kaffi Utrecht' },
    ],
  },
}

const ENGLISH_NAMES = ['Grace', 'Tom', 'Priya', 'Sean', 'Maya', 'Owen', 'Zoe', 'Kofi'] as const

export function makePeople(seed: string, count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => makePerson(index + 1, new Random(`${seed}/person/${index + 1}`)))
}

function makePerson(number: number, random: Random): Person {
  const street = random.weighted([
    ['da', 48],
    ['sv', 30],
    ['nl', 22],
  ])
  const { country, firstPhone, names, stores } = COUNTRIES[street]
  const isExpat = random.chance(0.12)
  const kind = random.weighted([
    ['member', 78],
    ['newcomer', 8],
    ['visitor', 14],
  ])
  const firstName = isExpat ? random.pick(ENGLISH_NAMES) : random.pick(names)
  const userId = `${firstName.toLowerCase()}-${number}`
  return {
    number,
    kind,
    firstName,
    locale: isExpat ? 'en' : street,
    country,
    store: random.pick(stores),
    userId,
    email: `${userId}@example.org`,
    mailboxIsGone: random.chance(0.04),
    phone: random.chance(0.8) ? `+${firstPhone + number * 37}` : undefined,
    card: random.chance(0.8) ? `KAFFI-${2_000 + number}` : undefined,
    cardIsLoose: random.chance(0.07),
    device: random.chance(0.75) ? makeDevice(userId, random) : undefined,
    browser: `browser-${number}`,
    consent: makeConsent(random),
    points: kind === 'member' ? random.whole(0, 160) : 0,
    isLapsed: kind === 'member' && random.chance(0.1),
    hasOldPoints: kind === 'member' && random.chance(0.25),
  }
}

function makeDevice(userId: string, random: Random): Device {
  return {
    id: `phone-of-${userId}`,
    platform: random.chance(0.55) ? 'ios' : 'android',
    pushToken: `push-token-of-${userId}`,
  }
}

function makeConsent(random: Random): Person['consent'] {
  return {
    offers: { email: random.chance(0.55), push: random.chance(0.6), sms: random.chance(0.35) },
    loyalty: { email: random.chance(0.75), push: random.chance(0.7) },
    newsletter: { email: random.chance(0.5) },
  }
}
