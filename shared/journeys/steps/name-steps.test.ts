import { describe, expect, it } from 'vitest'
import { aJourney } from '#test/builders/a-journey.ts'
import { allSteps } from './name-steps.ts'

const idsOf = (steps: string): readonly string[] => allSteps(aJourney(steps).steps).map(({ id }) => id)

describe('nameSteps', () => {
  it('makes a name of what a step does', () => {
    expect(
      idsOf(`  - send: order-reminder
  - wait: 1 hour 30 minutes
  - { await: cart.viewed, within: 1 day }
  - { if: { trait: plan, is: pro }, then: [] }
  - { split: offer, into: [{ name: a, share: 50% }, { name: b, share: 50% }] }
  - update: { set: { plan: pro }, add: { points: "1" }, remove: [note] }
  - exit: "Had enough!"`),
    ).toEqual([
      'send-order-reminder',
      'wait-1-hour-30-minutes',
      'await-cart-viewed',
      'if-her-plan-is-pro',
      'split-offer',
      'update-plan-points-note',
      'exit-had-enough',
    ])
  })

  it('counts where a step repeats, inside others too, in the order in which they are written', () => {
    expect(
      idsOf(`  - wait: 1 day
  - { if: { trait: plan, is: pro }, then: [{ wait: 1 day }], else: [{ wait: 1 day }] }
  - wait: 1 day`),
    ).toEqual(['wait-1-day', 'if-her-plan-is-pro', 'wait-1-day-2', 'wait-1-day-3', 'wait-1-day-4'])
  })

  it('takes the name that a step has, and makes up none that another has', () => {
    expect(idsOf('  - wait: 1 day\n  - { send: hello, name: wait-1-day }\n  - { wait: 1 day, name: rest }')).toEqual([
      'wait-1-day-2',
      'wait-1-day',
      'rest',
    ])
  })

  it('names the steps of every path, those of a failure too', () => {
    expect(
      idsOf(`  - send: a
    if not sent: [{ exit: not sent }]
    if it fails: [{ exit: failed }]
  - await: [{ when: a.b, then: [{ exit: one }] }, { when: c.d, then: [{ exit: two }] }]
    within: 1 day
    else: [{ exit: none }]`),
    ).toEqual(['send-a', 'exit-not-sent', 'exit-failed', 'await-a-b', 'exit-one', 'exit-two', 'exit-none'])
  })

  it('cuts what is long', () => {
    const [id = ''] = idsOf(`  - exit: ${'very '.repeat(30)}long`)
    expect(id.length).toBeLessThanOrEqual(60)
    expect(id).toMatch(/^exit-very-.*[a-z]$/)
  })
})
