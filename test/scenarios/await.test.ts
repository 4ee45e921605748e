import { describe, expect, it } from 'vitest'
import { recordTouchpoints } from '#shared/recording/record-touchpoints.ts'
import type { Provider } from '#shared/world/provider.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'
import { aTouchpoint } from '#test/builders/a-touchpoint.ts'

/*
 * `await` listens from the moment that the step before it was done: what she does between the two is heard, what she
 * did before, or while the run waited for something else, is not.
 */

const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  consent: { offers: { sms: true } },
}
const did = (type: string, properties: object = {}) => ({ type, identifiers, properties })
const started = did('order.started')

async function stage(steps: string, providers: Readonly<Record<string, Provider>> = {}): Promise<Stage> {
  const journey = `journey: waiting\npurpose: offers\nenter: { when: order.started }\nsteps:\n${steps}\n`
  const messages = ['hello', 'came', 'other', 'silence']
  const made = await aStage({ journeys: { waiting: journey }, messages, forms: ['sms'], providers })
  await made.receive(known)
  return made
}

const ONE = '  - { await: cart.viewed, within: 2 days, then: [{ send: came }], else: [{ send: silence }] }'

describe('awaiting one touchpoint', () => {
  it('goes one way when it comes, and does not wait any longer', async () => {
    const { receive, advance, arrived, system } = await stage(ONE)
    await receive(started)
    await advance('47 hours')
    await receive(did('page.viewed'))
    expect(arrived()).toEqual([])
    await receive(did('cart.viewed'))
    expect(arrived()).toEqual(['sms came'])
    expect(system.machines.counts()).toMatchObject({ running: 0, succeeded: 1 })
    await advance('3 days')
    expect(arrived()).toEqual(['sms came'])
  })

  it('goes the other when the time is over', async () => {
    const { receive, advance, arrived } = await stage(ONE)
    await receive(started)
    await advance('47 hours 59 minutes')
    expect(arrived()).toEqual([])
    await advance('1 minute')
    expect(arrived()).toEqual(['sms silence'])
    await receive(did('cart.viewed'))
    expect(arrived()).toEqual(['sms silence'])
  })

  it('asks where, for which what let her in may be compared', async () => {
    const { receive, arrived } = await stage(
      '  - { await: cart.viewed, where: { property: basket, same as: entry.basket }, within: 2 days, then: [{ send: came }] }',
    )
    await receive({ ...started, properties: { basket: 'b1' } })
    await receive(did('cart.viewed', { basket: 'b2' }), did('cart.viewed'))
    expect(arrived()).toEqual([])
    await receive(did('cart.viewed', { basket: 'b1' }))
    expect(arrived()).toEqual(['sms came'])
  })

  it('is answered once, however often the touchpoint comes', async () => {
    const { receive, advance, arrived } = await stage(ONE)
    await receive(started)
    const viewed = { ...did('cart.viewed'), id: 'viewed' }
    await receive(viewed, viewed, did('cart.viewed'))
    await receive(viewed)
    await advance('3 days')
    expect(arrived()).toEqual(['sms came'])
  })

  it('is not answered by what happened more than a day ago, or comes from an import', async () => {
    const { receive, advance, arrived } = await stage(ONE)
    await receive(started)
    await advance('40 hours')
    await receive(
      { ...did('cart.viewed'), occurredAt: '2026-03-10T12:00:00Z' },
      { ...did('cart.viewed'), mode: 'history' },
    )
    await advance('8 hours')
    expect(arrived()).toEqual(['sms silence'])
  })

  it('goes on to the step that follows on either way', async () => {
    const { receive, advance, arrived } = await stage(`  - { await: cart.viewed, within: 1 day, then: [{ send: came }] }
  - send: hello`)
    await receive(started)
    await advance('1 day')
    expect(arrived()).toEqual(['sms hello'])
    await receive(did('order.started'))
    await receive(did('cart.viewed'))
    expect(arrived()).toEqual(['sms hello', 'sms came', 'sms hello'])
  })
})

describe('awaiting several', () => {
  const SEVERAL = `  - await:
      - { when: cart.viewed, where: { property: total, at least: 50 }, then: [{ send: came }] }
      - { when: page.viewed, then: [{ send: other }] }
      - { when: cart.viewed }
    within: 2 days
    else: [{ send: silence }]`

  it.each([
    ['the first', did('cart.viewed', { total: 60 }), ['sms came']],
    ['the second', did('page.viewed'), ['sms other']],
    ['the last, which has nothing to do', did('cart.viewed', { total: 5 }), []],
  ])('takes the way of the one that comes: %s', async (_which, touchpoint, messages) => {
    const { receive, advance, arrived, system } = await stage(SEVERAL)
    await receive(started)
    await receive(touchpoint)
    expect(system.machines.counts()).toMatchObject({ running: 0, succeeded: 1 })
    await advance('3 days')
    expect(arrived()).toEqual(messages)
  })

  it('takes the way of the one that comes first', async () => {
    const { receive, arrived } = await stage(SEVERAL)
    await receive(started)
    await receive(did('page.viewed'), did('cart.viewed', { total: 60 }))
    expect(arrived()).toEqual(['sms other'])
  })
})

describe('what happens between two steps', () => {
  it('is not missed when it is recorded while the step before is still at work', async () => {
    const delivered: string[] = []
    const sms: Provider = {
      name: 'test',
      idempotency: 'key',
      deliver: async ({ content }) => {
        delivered.push(String(content.text).trim())
        const viewed = aTouchpoint({
          id: 'viewed',
          type: 'cart.viewed',
          identifiers,
          occurredAt: made.system.clock.now(),
        })
        await recordTouchpoints(made.system.world, [{ ...viewed, recordedAt: viewed.occurredAt }])
        return { outcome: 'accepted', providerId: `${delivered.length}` }
      },
    }
    const made = await stage(`  - send: hello\n${ONE}`, { sms })
    await made.receive(started)
    expect(delivered).toEqual(['hello', 'came'])
  })

  it('is not missed when it comes with what let her in, or with what was awaited before, in one batch', async () => {
    const { receive, arrived } = await stage(`  - { await: cart.viewed, within: 2 days, else: [{ exit: no }] }
  - { await: page.viewed, within: 2 days, then: [{ send: came }] }`)
    const timed = (event: object, minute: number) => ({ ...event, occurredAt: `2026-03-10T09:5${minute}:00Z` })
    await receive(timed(did('page.viewed'), 4), timed(did('cart.viewed'), 3), timed(started, 2))
    expect(arrived()).toEqual(['sms came'])
  })
})

describe('what happened before', () => {
  const viewedWhile = async (steps: string, wait: string) => {
    const made = await stage(steps)
    await made.receive(did('cart.viewed'), started)
    await made.receive(did('cart.viewed'))
    await made.advance(wait)
    return made
  }

  it('does not count: it was before she entered', async () => {
    const made = await stage(ONE)
    await made.receive(did('cart.viewed'))
    await made.receive(started)
    await made.advance('2 days')
    expect(made.arrived()).toEqual(['sms silence'])
  })

  it('does not count: the run was at a wait', async () => {
    const { arrived, advance } = await viewedWhile(`  - wait: 1 hour\n${ONE}`, '1 hour')
    expect(arrived()).toEqual([])
    await advance('2 days')
    expect(arrived()).toEqual(['sms silence'])
  })

  it('does not count: the run was at a wait inside a branch before it', async () => {
    const { arrived, advance } = await viewedWhile(
      `  - { if: { trait: plan, exists: false }, then: [{ wait: 1 hour }] }\n${ONE}`,
      '1 hour',
    )
    await advance('2 days')
    expect(arrived()).toEqual(['sms silence'])
  })

  it('does not count: the run was at a wait before a split', async () => {
    const { arrived, advance } = await viewedWhile(
      `  - wait: 1 hour
  - split: half
    into:
      - name: one
        share: 50%
        then: [{ await: cart.viewed, within: 2 days, then: [{ send: came }], else: [{ send: silence }] }]
      - name: other
        share: 50%
        then: [{ await: cart.viewed, within: 2 days, then: [{ send: came }], else: [{ send: silence }] }]`,
      '1 hour',
    )
    await advance('2 days')
    expect(arrived()).toEqual(['sms silence'])
  })

  it('does not count: the run was waiting for something else', async () => {
    const { arrived, advance } = await viewedWhile(
      `  - { await: page.viewed, within: 1 hour, then: [{ exit: no }] }\n${ONE}`,
      '1 hour',
    )
    expect(arrived()).toEqual([])
    await advance('2 days')
    expect(arrived()).toEqual(['sms silence'])
  })

  it('does not count: it was another record of hers that did it, which became hers since', async () => {
    const { receive, advance, arrived } = await stage(ONE)
    const anonymous = { ...did('cart.viewed'), identifiers: { anonymousId: 'laptop' } }
    for (let view = 0; view < 5; view++) await receive(anonymous)
    await receive(did('customer.logged-in', {}), {
      type: 'customer.logged-in',
      identifiers: { ...identifiers, anonymousId: 'laptop' },
    })
    await receive(started)
    await advance('1 minute')
    expect(arrived()).toEqual([])
  })
})
