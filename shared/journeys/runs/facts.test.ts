import { describe, expect, it } from 'vitest'
import { aProfile, NOON } from '#test/builders/a-touchpoint.ts'
import { factsOf } from './facts.ts'

const profile = aProfile({
  traits: { plan: ['pro', NOON] },
  identifiers: { email: [['ada@example.org', NOON]] },
  consent: { 'offers/email': ['given', NOON], 'loyalty/email': ['withdrawn', NOON] },
  pushDevices: { phone: [false, NOON], tablet: [true, NOON] },
})

const entry = {
  id: 'tp-1',
  type: 'order.started',
  occurredAt: NOON,
  channel: 'store',
  properties: { total: 5, type: 'gift' },
}

describe('factsOf', () => {
  it('answers about traits, consent and reach from the profile', () => {
    const facts = factsOf({ now: NOON, profile })
    expect([facts.trait('plan'), facts.trait('points')]).toEqual(['pro', undefined])
    expect([
      facts.consent('offers', 'email'),
      facts.consent('loyalty', 'email'),
      facts.consent('offers', 'sms'),
    ]).toEqual([true, false, false])
    expect(['email', 'sms', 'push', 'fax'].map(facts.reachable)).toEqual([true, false, true, false])
  })

  it('answers about the entry: its properties first, then what it was', () => {
    const facts = factsOf({ now: NOON, profile, entry })
    expect(['total', 'type', 'channel', 'other'].map(facts.entry)).toEqual([5, 'gift', 'store', undefined])
    expect(factsOf({ now: NOON, profile }).entry('total')).toBeUndefined()
  })

  it('answers about touchpoints of a type since a time', () => {
    const timeline = [0, 1, 2].map((minutes) => ({
      ...{ type: minutes === 1 ? 'page.viewed' : 'order.completed', channel: 'app', properties: {} },
      occurredAt: NOON + minutes,
    }))
    const facts = factsOf({ now: NOON, profile, timeline })
    expect(facts.touchpoints('order.completed')).toHaveLength(2)
    expect(facts.touchpoints('order.completed', NOON + 1)).toHaveLength(1)
  })

  it('answers about messages of this run, or of any run since a time', () => {
    const messages = [
      { message: 'hello', state: 'sent' as const, at: NOON, run: false },
      { message: 'hello', state: 'opened' as const, at: NOON + 5, run: true },
      { message: 'other', state: 'sent' as const, at: NOON, run: true },
    ]
    const facts = factsOf({ now: NOON, profile, messages })
    expect(facts.messages('hello').map(({ state }) => state)).toEqual(['opened'])
    expect(facts.messages('hello', NOON).map(({ state }) => state)).toEqual(['sent', 'opened'])
    expect(facts.messages('hello', NOON + 1).map(({ state }) => state)).toEqual(['opened'])
  })
})
