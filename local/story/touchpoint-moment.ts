import type { NotEntered } from '#shared/journeys/entries/enrol.ts'
import { STARTED } from '#shared/journeys/entries/entry.ts'
import type { TimelineRow } from '#shared/profiles/timeline-row.ts'
import { capitalised, type Moment, placeOf, spoken, spokenChannel } from './moment.ts'
import { quoteOf, type StoryFacts } from './story-facts.ts'

type Properties = TimelineRow['properties']

/** What is told of a touchpoint elsewhere in the thread: on the message it is about. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set(['message.delivered'])

/** Of what happens with us and not with her. */
const OUR_CHANNELS: ReadonlySet<string> = new Set(['journey', 'segment'])

/** A touchpoint as a moment of hers; undefined for what the thread tells anyway. */
export function touchpointMoment(row: TimelineRow, facts: StoryFacts): Moment | undefined {
  const { id, type, channel, occurredAt, properties, notEntered } = row
  if (TOLD_ELSEWHERE.has(type) || (type === STARTED && notEntered === undefined)) return undefined
  return {
    id: `touchpoint-${id}`,
    at: occurredAt,
    ...(OUR_CHANNELS.has(channel) ? { tone: 'quiet' } : { tone: 'hers', place: placeOf(channel) }),
    title: titleOf(row, facts),
    detail: detailOf(properties),
    reasons: [...consentOf(row), ...refusalsOf(row)],
  }
}

function titleOf({ type, channel, properties, device }: TimelineRow, facts: StoryFacts): string {
  const { product, text, dispatch, segment, journey } = properties
  const titles: Readonly<Record<string, () => string>> = {
    'customer.signed-up': () => `Joined ${facts.brand.name}`,
    'product.viewed': () => `Looked at ${typeof product === 'string' ? `the ${product.toLowerCase()}` : 'a product'}`,
    'order.started': () => 'Started an order',
    'order.completed': () => (channel === 'store' ? 'Bought in the store, with her card' : 'Completed an order'),
    'complaint.made': () => `Complained: “${String(text ?? '')}”`,
    'segment.joined': () => `Is one of “${spoken(String(segment))}” now`,
    'segment.left': () => `Is none of “${spoken(String(segment))}” any more`,
    [STARTED]: () => `It was time for “${spoken(String(journey))}”`,
    'device.updated': () =>
      `Turned notifications ${facts.profile.pushDevices[device ?? '']?.[0] === true ? 'on' : 'off'}`,
    'message.opened': () => `Opened “${quoteOf(dispatch, facts)}”`,
    'message.clicked': () => `Followed the link in “${quoteOf(dispatch, facts)}”`,
    'message.answered': () => `Answered “${String(text ?? '')}”`,
  }
  return titles[type]?.() ?? capitalised(spoken(type))
}

/** `Oat flat white, croissant · €6.50`, or `Order K7Q2M`. */
function detailOf({ items, total, price, store_name: store, complaint_id, order_id }: Properties): string | undefined {
  const names = Array.isArray(items) ? items.flatMap((item) => (isNamed(item) ? [item.name] : [])) : []
  const amount = typeof total === 'number' ? total : price
  const parts = [
    ...names,
    ...(typeof amount === 'number' ? [`€${amount.toFixed(2)}`] : []),
    ...(typeof store === 'string' ? [store] : []),
    ...(typeof complaint_id === 'string' && typeof order_id === 'string' ? [`Order ${order_id}`] : []),
  ]
  return parts.length === 0 ? undefined : parts.join(' · ')
}

function isNamed(item: unknown): item is { readonly name: string } {
  return typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string'
}

function consentOf({ type, consent = [] }: TimelineRow): readonly string[] {
  if (type === 'customer.signed-up') return []
  return consent.map(({ purpose, channel, state }) => {
    const by = spokenChannel(channel)
    if (state === 'given') return `She allows ${purpose === '*' ? 'messages' : purpose} by ${by} again.`
    return `She withdrew her consent: nothing more ${purpose === '*' ? '' : `about ${purpose} `}by ${by}.`
  })
}

const NOT_ENTERED: Readonly<Record<NotEntered, string>> = {
  condition: 'she is not whom it is for',
  'key-missing': 'the touchpoint lacks what the journey tells runs apart by',
  'already-running': 'she is in it already',
  'entered-before': 'she has been in it before',
  'already-exited': 'what ends it has happened already',
  depth: 'journeys must not feed each other for ever',
  retired: 'it takes nobody new',
  'not-open': 'it is not open now',
}

function refusalsOf({ notEntered = {} }: TimelineRow): readonly string[] {
  return Object.entries(notEntered).map(([journey, reason]) => `Did not enter ${spoken(journey)}: ${wordsFor(reason)}.`)
}

function wordsFor(reason: string): string {
  return NOT_ENTERED[reason as NotEntered] ?? spoken(reason)
}
