import { readDocument } from '#shared/documents/document.ts'
import { factsOf } from '#shared/journeys/runs/facts.ts'
import { newProfile, type Profile } from '#shared/profiles/profile.ts'
import { Condition } from '#shared/segments/condition.ts'
import { evaluate } from '#shared/segments/evaluate.ts'
import { filledWatch } from '#shared/segments/keep-watches.ts'
import { watchesOf } from '#shared/segments/watch-spec.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const DAY = 86_400_000
const ROUNDS = 60_000

/** Twenty lines of which each is looked at, since all of them hold. */
const TWENTY = `
- { trait: plan, is: pro }
- { trait: city, one of: [Malmö, Lund, København] }
- { trait: points, at least: 50, less than: 5000 }
- { trait: email, contains: example }
- { trait: firstName, exists: true }
- { trait: joinedOn, before: 2026-01-01 }
- { trait: expiresOn, in the next: 60 days }
- { trait: address.country, is not: US }
- { did: order.completed, at least: 2 times, in the last: 90 days }
- { did: order.completed, at most: 20 times, in the last: 365 days }
- { did not: order.returned, in the last: 30 days }
- { did: page.viewed, where: { property: path, starts with: /menu } }
- { did: order.completed, since: 2026-01-01, where: { all: [{ property: total, at least: 10 }, { channel: [store, app] }] } }
- { in segment: loyal }
- { not in segment: lapsed }
- { consent: offers, by: email }
- { reachable: email }
- { any: [{ trait: tier, is: gold }, { trait: tier, is: silver }] }
- { none: [{ trait: staff, is: "true" }] }
- { bucket: 100% }
`

/** How often a second a condition of twenty lines, all of which hold, is evaluated for a customer. */
export async function conditions(): Promise<Record<string, number>> {
  const reading = readDocument('twenty.yaml', TWENTY, Condition)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  const customers = Array.from({ length: 100 }, (_, index) => aCustomer(index, reading.document))
  const round = (count: number): number => {
    let held = 0
    for (let index = 0; index < count; index++) {
      const profile = customers[index % customers.length] as Profile
      if (evaluate(reading.document, factsOf({ now: NOW, profile }))) held += 1
    }
    return held
  }
  if (round(ROUNDS / 4) !== ROUNDS / 4) throw new Error('Not every line holds.')
  const began = performance.now()
  round(ROUNDS)
  return { conditionsPerSecond: (ROUNDS * 1_000) / (performance.now() - began) }
}

function aCustomer(index: number, condition: Condition): Profile {
  const traits = {
    plan: 'pro',
    city: 'Lund',
    points: 120 + index,
    email: `user-${index}@example.org`,
    firstName: 'Ada',
    joinedOn: '2024-05-01',
    expiresOn: '2026-12-24',
    address: { country: 'SE' },
    tier: 'silver',
  }
  const past = Array.from({ length: 12 }, (_, order) => ({
    id: `order-${order}`,
    type: order % 3 === 0 ? 'page.viewed' : 'order.completed',
    occurredAt: NOW - order * DAY,
    channel: 'app',
    properties: { total: 20, path: '/menu/latte' },
  }))
  return {
    ...newProfile(`customer-${index}`, NOW - 400 * DAY),
    traits: Object.fromEntries(Object.entries(traits).map(([name, value]) => [name, [value, NOW]])),
    identifiers: { email: [[`user-${index}@example.org`, NOW]] },
    consent: { 'offers/email': ['given', NOW] },
    segments: { loyal: NOW },
    watches: Object.fromEntries(watchesOf(condition).map((spec) => [spec.key, filledWatch(spec, past, undefined)])),
  }
}
