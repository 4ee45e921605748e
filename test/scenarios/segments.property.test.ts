import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factsOf } from '#shared/journeys/runs/facts.ts'
import { messageFacts, readDispatches } from '#shared/journeys/runs/message-facts.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { decode } from '#shared/profiles/store.ts'
import { readTimeline } from '#shared/profiles/timeline.ts'
import { evaluate } from '#shared/segments/evaluate.ts'
import { liveSegments } from '#shared/segments/live-segments.ts'
import type { Item } from '#shared/world/table.ts'
import { aStage, START, type Stage } from '#test/builders/a-system.ts'

/*
 * Memberships are kept as things happen and as time passes, from what the profile remembers. They must be what one
 * would find who asked every condition anew, of the whole timeline, at whatever moment, whatever came in which order.
 */

const DAY = 86_400_000

const SEGMENTS = {
  buyers: 'did: order.completed',
  regulars: '{ did: order.completed, at least: 2 times, in the last: 5 days }',
  cooling: '{ did: order.completed, at least: 1 time, at most: 2 times, in the last: 10 days }',
  early: '{ did: order.completed, at least: 2 times, before: 2026-03-11 }',
  late: '{ did not: order.completed, since: 2026-03-12 }',
  lapsed: '[{ did: order.completed }, { did not: order.completed, in the last: 3 days }]',
  spenders: '{ did: order.completed, in the last: 7 days, where: { property: total, at least: 50 } }',
  storefront: '{ did: order.completed, where: { property: store, same as: trait.store } }',
  soon: '{ did: order.completed, where: { property: pickUpAt, in the next: 2 days } }',
  pro: '{ trait: plan, is: pro }',
  trial: '{ trait: trialEnds, in the next: 4 days }',
  fresh: '{ trait: trialEnds, in the last: 4 days }',
  textable: '[{ consent: offers, by: sms }, { reachable: sms }]',
  best: '[{ in segment: buyers }, { any: [{ in segment: pro }, { not in segment: lapsed }] }]',
  returned: '{ did: segment.joined, at least: 2 times, where: { property: segment, is: regulars } }',
}

const somebody = fc.constantFrom(
  { userId: 'ada' },
  { anonymousId: 'phone' },
  { anonymousId: 'laptop' },
  { userId: 'ada', anonymousId: 'phone' },
  { userId: 'ada', anonymousId: 'laptop', phone: '+4520123456' },
)
const someday = fc.integer({ min: -2, max: 12 }).map((days) => new Date(START + days * DAY).toISOString())

const something = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant('order.completed'),
      properties: fc.record({
        total: fc.constantFrom(10, 50, 90),
        store: fc.constantFrom('Malmö', 'Lund'),
        pickUpAt: someday,
      }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('customer.updated'),
      traits: fc.record(
        { plan: fc.constantFrom('free', 'pro'), store: fc.constantFrom('Malmö', 'Lund'), trialEnds: someday },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('consent.given'),
      consent: fc.record({ offers: fc.record({ sms: fc.boolean() }) }),
    }),
  },
)

/** Time passes, and then things happen, some of them told late, and some twice. */
const somePart = fc.record({
  passes: fc.constantFrom(0, 1, 7, 24, 49, 120),
  events: fc.array(fc.record({ what: something, who: somebody, late: fc.integer({ min: 0, max: 60 }) }), {
    maxLength: 3,
  }),
  again: fc.boolean(),
})

type Part = typeof somePart extends fc.Arbitrary<infer P> ? P : never

const someStory = fc.array(somePart, { minLength: 1, maxLength: 8 })

async function rowsOf({ system }: Stage): Promise<readonly Item[]> {
  const rows: Item[] = []
  let cursor: string | undefined
  do {
    const page = await system.world.table.scan({ limit: 1_000, ...(cursor === undefined ? {} : { cursor }) })
    rows.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return rows
}

let count = 0

async function tell(stage: Stage, { events, again }: Part): Promise<void> {
  const now = stage.system.world.clock.now()
  const told = events.map(({ what, who, late }) => ({
    ...what,
    id: `event-${++count}`,
    identifiers: who,
    occurredAt: new Date(now - late * 3_600_000).toISOString(),
  }))
  await stage.receive(...told)
  // An anonymous event that comes again after its device went to somebody else is hers then.
  if (again) await stage.receive(...told.filter(({ identifiers }) => 'userId' in identifiers))
}

/** Asked anew: nothing of what the profile remembers of earlier answers is looked at. */
async function segmentsFromScratch({ system: { world } }: Stage, profile: Profile): Promise<readonly string[]> {
  const forgetful = { ...profile, watches: {} }
  const timeline = await readTimeline(world, profile)
  const messages = messageFacts(await readDispatches(world.table, profile))
  const facts = factsOf({ now: world.clock.now(), profile: forgetful, timeline, messages })
  const inside = new Set<string>()
  for (const { name, condition } of (await liveSegments(world)).ordered)
    if (evaluate(condition, { ...facts, inSegment: (segment) => inside.has(segment) })) inside.add(name)
  return [...inside].sort()
}

async function expectExact(stage: Stage): Promise<void> {
  const rows = await rowsOf(stage)
  const profiles = rows.filter(({ sk }) => sk === 'PROFILE').map(decode)
  for (const profile of profiles) {
    const kept = Object.keys(profile.segments).sort()
    if (profile.mergedInto === undefined) expect(kept).toEqual(await segmentsFromScratch(stage, profile))
    const own = rows.filter(({ pk }) => pk === `C#${profile.id}`)
    expect(own.flatMap(({ sk }) => (sk.startsWith('G#') ? [sk.slice(2)] : [])).sort()).toEqual(kept)
    const review = own.find(({ sk }) => sk === 'R')
    expect(review?.isk).toBe(
      profile.reviewed?.dueAt === undefined ? undefined : new Date(profile.reviewed.dueAt).toISOString(),
    )
    expect(own.some(({ sk }) => sk === 'C')).toBe(profile.mergedInto === undefined)
  }
}

describe('memberships, whatever happens in whatever order', () => {
  it('are what one would find who asked anew, at every moment', async () => {
    await fc.assert(
      fc.asyncProperty(someStory, fc.nat({ max: 8 }), async (story, publishedAt) => {
        const stage = await aStage()
        const publishing = publishedAt % story.length
        for (const part of story.slice(0, publishing)) await tell(stage, part)
        await stage.publish({ segments: SEGMENTS })
        for (const part of story.slice(publishing)) {
          await stage.advance(`${part.passes} hours`)
          await expectExact(stage)
          await tell(stage, part)
          await expectExact(stage)
        }
        await stage.advance('30 days')
        await expectExact(stage)
        await stage.system.stop()
      }),
      { numRuns: 60 },
    )
  })
})
