import { describe, expect, it } from 'vitest'
import { aCondition } from '#test/builders/conditions.ts'
import { describe as describeCondition } from './describe.ts'

describe('describe', () => {
  it.each([
    ['{ trait: plan, is: pro }', 'her plan is pro'],
    ['{ trait: plan, is not: pro, exists: true }', 'her plan is not pro and is known'],
    ['{ trait: plan, exists: false }', 'her plan is not known'],
    ['{ trait: city, one of: [Malmö, Lund] }', 'her city is one of Malmö, Lund'],
    ['{ trait: tags, contains: vip, starts with: v }', 'her tags contains vip and starts with v'],
    [
      '{ property: order.total, at least: 5, less than: 9 }',
      "the touchpoint's order.total is at least 5 and is less than 9",
    ],
    [
      '{ trait: joinedOn, before: 2026-12-24, after: 2026-01-01T08:00:00Z }',
      'her joinedOn is before 2026-12-24 and is after 2026-01-01T08:00:00Z',
    ],
    ['{ trait: expires, in the next: 30 days }', 'her expires is within the next 30 days'],
    ['{ trait: joinedOn, in the last: 1 day }', 'her joinedOn is within the last 1 day'],
    ['{ entry: channel, is: store }', "the entry's channel is store"],
    ['{ saved: offer.code, exists: true }', 'the saved offer.code is known'],
    [
      '{ property: order_id, same as: entry.order_id }',
      "the touchpoint's order_id is the same as the entry's order_id",
    ],
    ['channel: [store, app]', 'the channel is one of store, app'],
    ['did: order.completed', 'order.completed happened'],
    [
      '{ did not: order.completed, since: 2026-01-01, before: 2026-02-01 }',
      'order.completed did not happen since 2026-01-01 before 2026-02-01',
    ],
    [
      '{ did: order.completed, at least: 2 times, at most: 4, in the last: 30 days, where: { property: total, at least: 50 } }',
      "order.completed happened at least 2 times and at most 4 times in the last 30 days where the touchpoint's total is at least 50",
    ],
    ['{ did: order.completed, at most: 1 time }', 'order.completed happened at most 1 time'],
    ['in segment: loyal', 'she is in segment loyal'],
    ['not in segment: loyal', 'she is not in segment loyal'],
    ['{ message: hello, was: opened }', 'message hello was opened in this run'],
    ['{ message: hello, was: opened, in the last: 7 days }', 'message hello was opened in the last 7 days'],
    ['{ consent: offers, by: sms }', 'she allows offers by sms'],
    ['reachable: push', 'she can be reached by push'],
    ['bucket: 28%', 'she is in a random 28% of customers'],
    ['{ bucket: 12.5%, name: tasters }', 'she is in a random 12.5% of customers (tasters)'],
    [
      '[{ reachable: push }, { any: [{ reachable: sms }, { reachable: email }] }]',
      'she can be reached by push and (she can be reached by sms or she can be reached by email)',
    ],
    [
      'none: [{ in segment: loyal }, { reachable: push }]',
      'none of these: she is in segment loyal; she can be reached by push',
    ],
  ])('%s', (yaml, line) => {
    expect(describeCondition(aCondition(yaml))).toBe(line)
  })
})
