import { describe, expect, it } from 'vitest'
import { aJourneyReading } from '#test/builders/a-journey.ts'
import { describeDifference } from './describe-difference.ts'

const OLD = `  - { wait: 1 day, name: pause }
  - send: hello
  - { if: { trait: plan, is: pro }, name: which, then: [{ send: one }], else: [{ send: other }] }`

const journeyOf = (steps: string, head = '') => {
  const reading = aJourneyReading(steps, head)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  return reading.document
}

const difference = (steps: string, head = '', old = OLD) =>
  describeDifference(journeyOf(old), journeyOf(steps, head)).map(({ what, text }) => `${what}: ${text}`)

describe('describeDifference', () => {
  it('says nothing of two that are the same', () => {
    expect(difference(OLD)).toEqual([])
  })

  it.each([
    ['a wait', OLD.replace('1 day', '2 days'), ['changed: was "wait 1 day", and is "wait 2 days"']],
    ['a step that is new', `${OLD}\n  - send: late`, ['added: added: send late']],
    ['a step that is gone', OLD.replace('  - send: hello\n', ''), ['removed: removed: send hello']],
    [
      'a step that stands elsewhere',
      OLD.replace('then: [{ send: one }]', 'then: []').replace(
        'else: [{ send: other }]',
        'else: [{ send: other }, { send: one }]',
      ),
      ['moved: send one now stands in which, else'],
    ],
    [
      'steps in another order',
      '  - send: hello\n  - { wait: 1 day, name: pause }\n  - { if: { trait: plan, is: pro }, name: which, then: [{ send: one }], else: [{ send: other }] }',
      ['moved: wait 1 day now comes after send-hello'],
    ],
    [
      'a condition, without the steps inside',
      OLD.replace('is: pro', 'is: free'),
      ['changed: was "if her plan is pro", and is "if her plan is free"'],
    ],
    [
      'details that the words leave out',
      OLD.replace('send: hello', 'send: hello\n    if not sent: exit'),
      ['changed: send hello, with other details'],
    ],
  ])('tells of %s', (_what, steps, expected) => {
    expect(difference(steps)).toEqual(expected)
  })

  it('tells of exits, the goal and the holdout', () => {
    expect(difference(OLD, 'exit: [{ when: order.completed }]\ngoal: { when: order.completed }\nholdout: 10%')).toEqual(
      [
        'exit: a new exit on order.completed',
        'goal: the goal was none, and is order.completed',
        'setting: holdout was none, and is 10%',
      ],
    )
  })
})
