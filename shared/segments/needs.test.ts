import { describe, expect, it } from 'vitest'
import { aCondition } from '#test/builders/conditions.ts'
import { enough } from './conditions/did.ts'
import { type Needs, needs } from './needs.ts'

const NOTHING: Needs = {
  touchpoints: [],
  messages: [],
  segments: [],
  traits: [],
  consent: false,
  reachable: false,
  entry: false,
  inView: false,
}

describe('needs', () => {
  it('is nothing for what profile and run can answer', () => {
    const condition = aCondition(
      '[{ trait: a, is: b }, { consent: offers, by: sms }, { reachable: sms }, { bucket: 5% }]',
    )
    expect(needs(condition)).toEqual({ ...NOTHING, traits: ['a'], consent: true, reachable: true })
  })

  it('names what storage has to answer, however deep it is nested', () => {
    const condition = aCondition(`
any:
  - none: [{ in segment: loyal }, { did: page.viewed, in the last: 7 days, where: { channel: app } }]
  - all: [{ not in segment: loyal }, { in segment: lapsed }, { message: hello, was: opened }]
  - { message: bye, was: sent, in the last: 1 day }
`)
    expect(needs(condition)).toEqual({
      ...NOTHING,
      touchpoints: [
        {
          kind: 'did',
          type: 'page.viewed',
          atLeast: 1,
          withinMs: 604_800_000,
          where: { kind: 'channel', path: [], comparisons: [{ kind: 'is', wanted: 'app' }] },
        },
      ],
      messages: [{ message: 'hello' }, { message: 'bye', withinMs: 86_400_000 }],
      segments: ['loyal', 'lapsed'],
    })
  })

  it.each([
    ['did: a.b', 1],
    ['did not: a.b', 1],
    ['{ did: a.b, at least: 3 times }', 3],
    ['{ did: a.b, at most: 3 times }', 4],
    ['{ did: a.b, at least: 2, at most: 5 }', 6],
    ['{ did not: a.b, at least: 4 }', 4],
  ])('knows how many touchpoints decide %s', (yaml, expected) => {
    expect(needs(aCondition(yaml)).touchpoints.map(enough)).toEqual([expected])
  })

  it('names the traits that it looks at, also beside those of touchpoints', () => {
    const yaml = '[{ trait: address.city, is: x }, { did: a.b, where: { property: store, same as: trait.store } }]'
    expect(needs(aCondition(yaml))).toMatchObject({ traits: ['address', 'store'], inView: false })
    expect(needs(aCondition('{ channel: app }')).inView).toBe(true)
  })

  it.each([
    ['{ entry: channel, is: store }', true],
    ['{ saved: offer.code, is: x }', true],
    ['{ property: order_id, same as: entry.order_id }', true],
    ['none: [{ did not: a.b, where: [{ property: order_id, same as: entry.order_id }] }]', true],
    ['{ property: order_id, same as: trait.order_id }', false],
    ['{ did: a.b, where: { property: entry, is: x } }', false],
  ])('knows of %s whether it asks what let her in', (yaml, entry) => {
    expect(needs(aCondition(yaml)).entry).toBe(entry)
  })
})
