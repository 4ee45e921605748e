import { describe, expect, it } from 'vitest'
import { aFolder, SHE, she } from '#test/builders/a-preview.ts'
import { START } from '#test/builders/a-system.ts'
import { everyWay, type Way } from './every-way.ts'
import type { Person } from './person.ts'

const JOURNEY = `journey: basket
purpose: offers
enter: { when: order.started }
holdout: 100%
steps:
  - send: reminder
    by: push
    if not sent: exit
  - await:
      - when: product.viewed
        then:
          - split: offer
            into: [{ name: bun, share: 50%, then: [{ send: bun }] }, { name: points, share: 50%, then: [] }]
      - when: order.started
    within: 2 days
    else:
      - if: { trait: plan, is: pro }
        then: [{ send: last-call, by: sms }]`

async function ways(yaml: string, person: Person = { events: [SHE] }, most = 20) {
  const folder = await aFolder(yaml)
  return everyWay({ folder, journey: Object.keys(folder.journeys)[0] ?? '', person, at: START }, most)
}

function lineOf({ because, messages, end }: Way): string {
  const sent = messages.map(({ message, after }) => `${message} ${after / 3_600_000}h`)
  return `${because.map(({ took }) => took).join(', ')}: ${sent.join(', ')} (${end})`
}

describe('every way', () => {
  it('walks each path, whatever is true of her', async () => {
    const { ways: found, isWhole } = await ways(JOURNEY)
    expect(isWhole).toBe(true)
    expect(found.map(lineOf).sort()).toEqual([
      'not sent:  (not-sent)',
      'sent, none of it comes, else: reminder 0h (completed)',
      'sent, none of it comes, then: reminder 0h, last-call 48h (completed)',
      'sent, order.started: reminder 0h (completed)',
      'sent, product.viewed, bun: reminder 0h, bun 0h (completed)',
      'sent, product.viewed, points: reminder 0h (completed)',
    ])
  })

  it('goes each round of a repeat, and leaves it early', async () => {
    const { ways: found } = await ways(`journey: nag
purpose: offers
enter: { when: order.started }
steps:
  - repeat: [{ send: nag, by: sms }, { wait: 1 day }]
    up to: 3 times
    until: { did: order.completed }`)
    expect(found.map(({ messages }) => messages.length).sort()).toEqual([0, 1, 2, 3])
  })

  it('says why nobody enters', async () => {
    const yaml = JOURNEY.replace('when: order.started }', 'when: order.started, if: { trait: plan, is: pro } }')
    expect((await ways(yaml)).refusal?.reason).toBe('the journey’s "if" did not hold for her')
    expect((await ways(yaml, she({ plan: 'pro' }))).ways).toHaveLength(6)
  })

  it('stops somewhere, and says so', async () => {
    const coin = '  - if: { bucket: 50% }\n    then: [{ send: hello, by: sms }]\n'
    const yaml = `journey: many\npurpose: offers\nenter: { when: order.started }\nsteps:\n${coin.repeat(3)}`
    expect((await ways(yaml)).isWhole).toBe(true)
    const { isWhole } = await ways(yaml, { events: [SHE] }, 5)
    expect(isWhole).toBe(false)
  })
})
