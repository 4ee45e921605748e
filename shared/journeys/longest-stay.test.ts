import { describe, expect, it } from 'vitest'
import { aJourney } from '#test/builders/a-journey.ts'
import { DAY, HOUR } from '../time/duration.ts'
import { longestStay } from './longest-stay.ts'

describe('longestStay', () => {
  it.each([
    ['no steps', '  []', 0],
    ['waits one after the other', '  - wait: 1 hour\n  - wait: 2 hours', 3 * HOUR],
    ['a send, which may be held until its deadline', '  - { send: a, deadline: 5 hours }', 5 * HOUR],
    [
      'an await and the longer of its ways',
      '  - { await: a.b, within: 1 day, then: [{ wait: 1 hour }], else: [{ wait: 2 hours }] }',
      DAY + 2 * HOUR,
    ],
    [
      'the longest way of a branch',
      '  - { branch: [{ if: { trait: a, is: b }, then: [{ wait: 1 hour }] }], else: [{ wait: 3 hours }] }',
      3 * HOUR,
    ],
    [
      'the longest arm of a split',
      '  - { split: x, into: [{ name: a, share: 1%, then: [{ wait: 9 hours }] }, { name: b, share: 99% }] }',
      9 * HOUR,
    ],
    [
      'the way of a failure',
      '  - { update: { set: { a: b } }, if it fails: [{ wait: 4 hours }] }\n  - wait: 1 hour',
      5 * HOUR,
    ],
    [
      'a way inside a way',
      '  - { if: { trait: a, is: b }, then: [{ if: { trait: a, is: b }, then: [{ wait: 1 day }] }] }',
      DAY,
    ],
  ])('is that of %s', (_what, steps, milliseconds) => {
    expect(longestStay(aJourney(steps).steps)).toBe(milliseconds)
  })
})
