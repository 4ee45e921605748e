import { HOUR, MINUTE } from '#shared/time/duration.ts'
import type { Random } from './random.ts'
import type { Happening } from './visits.ts'

/** A touchpoint as an app sends it. */
export type Event = Readonly<Record<string, unknown>>

/** What is on its way to us, and when it gets here: an event, or somebody who follows a link in a message of ours. */
export type Arrival = { readonly at: number } & (
  | { readonly event: Event }
  | { readonly link: { readonly method: 'GET' | 'POST'; readonly url: string } }
)

/** As the app sends it. The same happening always has the same id. */
export function eventOf({ at, identifiers, ...rest }: Happening): Event {
  const who = Object.values(identifiers)[0] ?? ''
  return {
    id: `${who}/${rest.type}/${Math.round(at).toString(36)}`,
    ...rest,
    identifiers,
    occurredAt: new Date(at).toISOString(),
  }
}

/** Most events arrive at once, some from a phone that was in a tunnel, and some twice. */
export function deliver(happening: Happening, random: Random): readonly Arrival[] {
  const isLate = happening.channel === 'app' && random.chance(0.025)
  const at = happening.at + (isLate ? random.between(10 * MINUTE, 4 * HOUR) : random.between(400, 2_500))
  const arrival = { at, event: eventOf(happening) }
  return random.chance(0.02) ? [arrival, { ...arrival, at: at + random.between(1_000, 10 * MINUTE) }] : [arrival]
}

/** What senders get wrong: each of these is for a person to look at. */
export function malformedEvents(midnight: number): readonly Arrival[] {
  const good = {
    type: 'order.completed',
    identifiers: { userId: 'nobody' },
    occurredAt: new Date(midnight).toISOString(),
  }
  const bad: readonly Event[] = [
    { ...good, type: 'Order Completed' },
    { ...good, identifiers: {} },
    { type: good.type, properties: { total: 4.2 } },
    { ...good, userId: 'nobody' },
    { ...good, identifiers: { phone: 'call me' } },
    { ...good, identifiers: { email: 'nobody at example.org' } },
    { ...good, occurredAt: 'this morning' },
    { ...good, occurredAt: new Date(midnight + 72 * HOUR).toISOString() },
    { ...good, properties: 'none' },
  ]
  return bad.map((event, index) => ({
    at: midnight + (7.2 + index * 1.3) * HOUR,
    event: { id: `malformed-${index + 1}`, channel: index % 2 === 0 ? 'app' : 'store', ...event },
  }))
}
