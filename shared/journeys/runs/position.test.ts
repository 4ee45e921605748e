import { describe, expect, it } from 'vitest'
import { aJourney } from '#test/builders/a-journey.ts'
import { positionOf } from './position.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const { steps } = aJourney(`
  - wait: 1 day
  - split: offer
    into:
      - { name: bun, share: 50%, then: [{ wait: 1 hour }, { send: bun }] }
      - { name: points, share: 50%, then: [{ send: points }] }
  - await: cart.viewed
    within: 2 days
    then: [{ send: hello }]
    else: [{ wait: 3 days }, { send: late }]
  - repeat: [{ send: again }, { wait: 1 day }]
    up to: 2 times
  - if: { trait: plan, is: pro }
    then: [{ wait: 1 hour }]
  - wait: 1 hour`)

const at = (now: number, last = {}, splits = { offer: 0 }) => {
  const { step, until } = positionOf(steps, { at: 0, ...last }, splits, now)
  return until === undefined ? step : [step, until / HOUR]
}

describe('positionOf', () => {
  it.each([
    ['at the beginning, it waits', at(0), ['wait-1-day', 24]],
    ['after the wait, its place in the split says where it goes', at(DAY), ['wait-1-hour', 25]],
    ['and to the step that something must do', at(DAY + HOUR), 'send-bun'],
    ['however late it is', at(90 * DAY), 'send-bun'],
    ['the other arm', at(DAY, {}, { offer: 9_999 }), 'send-points'],
    ['what was sent leads on, out of the split', at(0, { step: 'send-bun' }), 'await-cart-viewed'],
    [
      'it waits for a touchpoint',
      at(DAY, { step: 'await-cart-viewed', until: 2 * DAY, path: 1 }),
      ['await-cart-viewed', 48],
    ],
    [
      'and takes the other path when the time is over',
      at(3 * DAY, { step: 'await-cart-viewed', until: 2 * DAY, path: 1 }),
      ['wait-3-days', 120],
    ],
    ['the touchpoint came', at(0, { step: 'await-cart-viewed', path: 0 }), 'send-hello'],
    ['a path’s end leads to what follows, which is gone through', at(0, { step: 'send-hello' }), 'send-again'],
    ['a round’s wait', at(0, { step: 'send-again', rounds: [1] }), ['wait-1-day-2', 24]],
    ['the next round', at(DAY, { step: 'send-again', rounds: [1] }), 'send-again'],
    ['after the last round', at(DAY, { step: 'send-again', rounds: [2] }), 'if-her-plan-is-pro'],
    ['a branch that was taken', at(0, { step: 'if-her-plan-is-pro', path: 0 }), ['wait-1-hour-2', 1]],
    ['a branch without steps', at(0, { step: 'if-her-plan-is-pro', path: 1 }), ['wait-1-hour-3', 1]],
    ['the end', at(HOUR, { step: 'if-her-plan-is-pro', path: 1 }), undefined],
    ['it was moved to a step', at(0, { step: 'send-hello', toCome: true }), 'send-hello'],
    [
      'it was moved to a step, and waits before it',
      at(0, { step: 'send-hello', toCome: true, until: HOUR }),
      ['send-hello', 1],
    ],
  ])('%s', (_fact, found, expected) => {
    expect(found).toEqual(expected)
  })

  it('counts the rounds on the way', () => {
    expect(positionOf(steps, { at: 0, step: 'send-again', rounds: [1] }, {}, DAY).rounds).toEqual([2])
  })
})
