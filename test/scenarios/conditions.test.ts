import { describe, expect, it } from 'vitest'
import { comparisonShape } from '#shared/segments/comparison.ts'
import type { Condition } from '#shared/segments/condition.ts'
import type { World } from '#shared/world/world.ts'
import { aStage } from '#test/builders/a-system.ts'

/*
 * The whole condition language in a running journey: for each way of asking there is a customer whom it is true of, and one
 * whom it is not. It is 11:00 in Copenhagen on 10 March 2026 when they enter; the journey asks an hour later.
 */

interface Life {
  readonly traits?: object
  readonly consent?: object
  readonly entry?: object
  readonly channel?: string
  readonly did?: readonly object[]
  /** What becomes of the message that comes first. */
  readonly message?: string
}

type Row = readonly [condition: string, holds: Life, not: Life]

const order = (total: number, more: object = {}) => ({ type: 'order.completed', properties: { total }, ...more })
const _ANSWER = JSON.stringify({ level: 'gold' })

const ROWS: readonly Row[] = [
  ['{ trait: plan, is: pro }', { traits: { plan: 'pro' } }, { traits: { plan: 'Pro' } }],
  ['{ trait: plan, is not: pro }', {}, { traits: { plan: 'pro' } }],
  ['{ trait: plan, one of: [pro, plus] }', { traits: { plan: 'plus' } }, { traits: { plan: 'free' } }],
  ['{ trait: tags, contains: vip }', { traits: { tags: ['new', 'vip'] } }, { traits: { tags: ['vips'] } }],
  ['{ trait: city, contains: haven }', { traits: { city: 'Copenhaven' } }, { traits: { city: 'Aarhus' } }],
  ['{ trait: card, starts with: "01" }', { traits: { card: '0199' } }, { traits: { card: '1990' } }],
  ['{ trait: points, at least: 50 }', { traits: { points: 50 } }, { traits: { points: 49 } }],
  ['{ trait: points, at most: 50 }', { traits: { points: 50 } }, { traits: { points: 51 } }],
  ['{ trait: points, less than: 50 }', { traits: { points: 49 } }, {}],
  ['{ trait: points, more than: 50 }', { traits: { points: '51' } }, { traits: { points: 50 } }],
  ['{ trait: born, before: 2000-01-01 }', { traits: { born: '1999-12-31' } }, { traits: { born: '2000-01-01' } }],
  ['{ trait: joined, after: 2026-01-01 }', { traits: { joined: '2026-02-01' } }, { traits: { joined: 'soon' } }],
  [
    '{ trait: joined, in the last: 30 days }',
    { traits: { joined: '2026-03-01' } },
    { traits: { joined: '2026-01-01' } },
  ],
  ['{ trait: ends, in the next: 30 days }', { traits: { ends: '2026-04-01' } }, { traits: { ends: '2026-05-01' } }],
  ['{ trait: plan, exists: true }', { traits: { plan: 'free' } }, {}],
  ['{ trait: plan, exists: false }', {}, { traits: { plan: 'free' } }],
  ['{ trait: home.city, is: Odense }', { traits: { home: { city: 'Odense' } } }, { traits: { home: 'Odense' } }],
  ['{ trait: store, same as: entry.store }', { traits: { store: 'v' }, entry: { store: 'v' } }, { entry: {} }],
  ['{ entry: total, at least: 5 }', { entry: { total: 5 } }, { entry: { total: 4 } }],
  ['{ entry: channel, is: store }', { channel: 'store' }, { channel: 'app' }],
  ['{ saved: status.level, is: gold }', { traits: { level: 'gold' } }, { traits: { level: 'none' } }],
  ['{ did: order.completed }', { did: [order(1)] }, { did: [{ type: 'order.started' }] }],
  ['{ did: order.completed, at least: 2 times }', { did: [order(1), order(2)] }, { did: [order(1)] }],
  ['{ did: order.completed, at most: 1 time }', {}, { did: [order(1), order(2)] }],
  [
    '{ did: order.completed, in the last: 30 days }',
    { did: [order(1)] },
    { did: [order(1, { occurredAt: '2026-01-01T10:00:00Z' })] },
  ],
  [
    '{ did: order.completed, since: 2026-03-01 }',
    { did: [order(1)] },
    { did: [order(1, { occurredAt: '2026-02-28T10:00:00Z' })] },
  ],
  [
    '{ did: order.completed, before: 2026-03-01 }',
    { did: [order(1, { occurredAt: '2026-02-28T10:00:00Z' })] },
    { did: [order(1)] },
  ],
  [
    '{ did: order.completed, where: { property: total, at least: 50 } }',
    { did: [order(5), order(50)] },
    { did: [order(49)] },
  ],
  [
    '{ did: order.completed, where: { channel: store } }',
    { did: [order(1, { channel: 'store' })] },
    { did: [order(1, { channel: 'app' })] },
  ],
  [
    '{ did: order.completed, where: { property: order_id, same as: entry.order_id } }',
    { entry: { order_id: 'a' }, did: [{ type: 'order.completed', properties: { order_id: 'a' } }] },
    { entry: { order_id: 'a' }, did: [{ type: 'order.completed', properties: { order_id: 'b' } }] },
  ],
  ['{ did not: order.completed, in the last: 30 days }', {}, { did: [order(1)] }],
  ['{ in segment: loyal }', { traits: { points: 900 } }, { traits: { points: 1 } }],
  ['{ not in segment: loyal }', { traits: { points: 1 } }, { traits: { points: 900 } }],
  ['{ message: hello, was: sent }', {}, { consent: { offers: { sms: false } } }],
  ['{ message: hello, was: delivered }', {}, { consent: { offers: { sms: false } } }],
  ['{ message: hello, was: opened }', { message: 'opened' }, {}],
  ['{ message: hello, was: clicked }', { message: 'clicked' }, { message: 'opened' }],
  ['{ message: hello, was: answered }', { message: 'answered' }, { message: 'clicked' }],
  ['{ message: hello, was: opened, in the last: 2 hours }', { message: 'opened' }, {}],
  ['{ consent: offers, by: sms }', {}, { consent: { offers: { sms: false } } }],
  ['{ consent: news, by: email }', { consent: { news: { email: true } } }, {}],
  ['{ reachable: email }', { entry: { email: 'yes' } }, {}],
  [
    '{ all: [{ trait: plan, is: pro }, { trait: points, at least: 50 }] }',
    { traits: { plan: 'pro', points: 50 } },
    { traits: { plan: 'pro' } },
  ],
  [
    '{ any: [{ trait: plan, is: pro }, { all: [{ trait: points, at least: 50 }, { none: [{ trait: plan, is: free }] }] }] }',
    { traits: { points: 50 } },
    { traits: { points: 50, plan: 'free' } },
  ],
  ['{ none: [{ trait: plan, is: pro }, { did: order.completed }] }', {}, { did: [order(1)] }],
]

const BUCKET = '{ bucket: 50% }'

const KINDS: Readonly<Record<Condition['kind'], true>> = {
  all: true,
  any: true,
  none: true,
  trait: true,
  entry: true,
  saved: true,
  property: true,
  channel: true,
  did: true,
  'did not': true,
  'in segment': true,
  'not in segment': true,
  message: true,
  consent: true,
  reachable: true,
  bucket: true,
}

describe('a condition', () => {
  it.each(ROWS)('%s', async (condition, holds, not) => {
    expect(await answerTo(condition, holds)).toBe('yes')
    expect(await answerTo(condition, not)).toBe('no')
  })

  it('{ bucket: 50% } is true of some and not of others, whatever they did', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => answerTo(BUCKET, {})))
    expect(new Set(answers)).toEqual(new Set(['yes', 'no']))
  })

  it.each([...Object.keys(KINDS), ...Object.keys(comparisonShape)])('of the kind "%s" is among these', (key) => {
    expect(
      [...ROWS.map(([condition]) => condition), BUCKET].filter((condition) => condition.includes(`${key}:`)),
    ).not.toEqual([])
  })
})

const journeyOf = (condition: string): string => `
journey: asked
purpose: offers
enter: { when: quiz.answered }
steps:
  - webhook: https://club.example/level
    body: { level: "{{ customer.level | default: '' }}" }
    save as: status
    if it fails: continue
  - send: hello
  - wait: 1 hour
  - { if: ${condition}, then: [{ send: yes, purpose: service }], else: [{ send: no, purpose: service }] }
`

/** The club knows as much as we tell it. */
const club: Pick<World, 'http'> = {
  http: { request: async ({ body = '' }) => ({ outcome: 'answered', status: 200, body: String(body) }) },
}

/** Which message she gets who has lived so. */
async function answerTo(condition: string, life: Life): Promise<string | undefined> {
  const { receive, advance, arrived, messages, system } = await aStage({
    journeys: { asked: journeyOf(condition) },
    segments: { loyal: '{ trait: points, at least: 500 }' },
    messages: ['hello', 'yes', 'no'],
    forms: ['sms'],
    wrapWorld: (world) => ({ ...world, ...club }),
  })
  const email = life.entry !== undefined && 'email' in life.entry ? { email: 'ada@example.org' } : {}
  const identifiers = { userId: 'ada', phone: '+4520123456', ...email }
  const { traits, consent, channel } = life
  await receive({
    type: 'customer.signed-up',
    identifiers,
    ...(traits === undefined ? {} : { traits }),
    consent: { offers: { sms: true }, ...consent },
  })
  await receive(...(life.did ?? []).map((event) => ({ identifiers, ...event })))
  await receive({ type: 'quiz.answered', identifiers, properties: life.entry ?? {}, ...(channel && { channel }) })
  const [first] = messages()
  if (life.message !== undefined)
    await receive({
      type: `message.${life.message}`,
      channel: 'sms',
      identifiers,
      properties: { dispatch: first?.dispatch ?? '' },
    })
  await advance('1 hour')
  const [last] = arrived().slice(-1)
  await system.stop()
  return last?.split(' ')[1]
}
