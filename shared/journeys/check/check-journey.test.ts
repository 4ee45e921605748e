import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aJourneyReading } from '#test/builders/a-journey.ts'
import { describeProblem } from '../../documents/document.ts'
import { readJourney } from '../journey.ts'
import { checkJourney } from './check-journey.ts'

const surroundings = {
  brand: aBrand(),
  messages: { hello: ['email', 'sms', 'push'], 'short-note': ['sms'] },
  segments: [],
}

/** What is wrong with a journey of these steps, which begin in line 5. */
function problemsOf(steps: string): readonly string[] {
  const reading = aJourneyReading(steps)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  return checkJourney(reading.document, reading.source, surroundings).map(describeProblem)
}

describe('checkJourney', () => {
  it('finds nothing in a journey that leads somewhere', () => {
    expect(
      problemsOf(`  - { send: hello, by: [push, sms], purpose: service }
  - { await: cart.viewed, within: 1 day, then: [{ send: short-note, by: sms }], else: [{ exit: no }] }
  - exit: yes`),
    ).toEqual([])
  })

  it.each([
    [
      'a message that there is not',
      '  - send: helo',
      'welcome.yaml:5:5: steps.0.send: There is no message "helo" in messages/. Did you mean "hello"?',
    ],
    [
      'a message that is like none',
      '  - send: goodbye',
      'welcome.yaml:5:5: steps.0.send: There is no message "goodbye" in messages/. It has: hello, short-note.',
    ],
    [
      'a channel that there is not',
      '  - { send: hello, by: fax }',
      'welcome.yaml:5:20: steps.0.by: There is no channel "fax". It has: email, sms, push.',
    ],
    [
      'a channel that the message has no form for',
      '  - { send: short-note, by: [email, sms] }',
      'welcome.yaml:5:25: steps.0.by: Message "short-note" has no form for email. Add messages/short-note/email.en.…, or leave the channel out.',
    ],
    [
      'a purpose that there is not',
      '  - { send: hello, purpose: offer }',
      'welcome.yaml:5:20: steps.0.purpose: brand.yaml has no purpose "offer". Did you mean "offers"?',
    ],
    [
      'a message that a condition asks about and there is not',
      '  - { if: { message: helo, was: opened }, then: [] }',
      'welcome.yaml:5:7: steps.0.if: There is no message "helo" in messages/. Did you mean "hello"?',
    ],
    [
      'a segment that there is not',
      '  - { branch: [{ if: { all: [{ in segment: loyal }] }, then: [] }] }',
      'welcome.yaml:5:7: steps.0.branch: There is no segment "loyal".',
    ],
    [
      'a stay of more than a year',
      '  - wait: 300 days\n  - { await: a.b, within: 70 days }',
      'welcome.yaml:4:1: steps: The longest path lasts 370 days; a run ends after a year at the latest.',
    ],
  ])('tells %s', (_what, steps, problem) => {
    expect(problemsOf(steps)).toEqual([problem])
  })

  it.each([
    ['enter: { when: a.b, if: { message: hello, was: opened } }', '3:21: enter.if'],
    [
      'enter: { when: a.b }\nexit: [{ when: a.b }, { if: { none: [{ message: hello, was: opened }] } }]',
      '4:25: exit.1.if',
    ],
  ])('tells a condition on messages where nothing is known of them: %s', (doors, place) => {
    const reading = readJourney('w.yaml', `journey: w\npurpose: offers\n${doors}\nsteps: []\n`)
    if (!reading.ok) throw new Error('It reads well.')
    expect(checkJourney(reading.document, reading.source, surroundings).map(describeProblem)).toEqual([
      `w.yaml:${place}: What became of a message is not known here. Ask in a step, or exit when, say, "message.clicked" comes.`,
    ])
  })

  it('tells a purpose of the journey that there is not', () => {
    const reading = readJourney('w.yaml', 'journey: w\npurpose: ofers\nenter: { when: a.b }\nsteps: []\n')
    if (!reading.ok) throw new Error('It reads well.')
    expect(checkJourney(reading.document, reading.source, surroundings).map(describeProblem)).toEqual([
      'w.yaml:2:1: purpose: brand.yaml has no purpose "ofers". Did you mean "offers"?',
    ])
  })
})

describe('a problem inside another step is told where it stands', () => {
  const bad = '{ send: helo }'
  const there = 'There is no message "helo" in messages/. Did you mean "hello"?'
  const condition = '{ trait: plan, is: pro }'
  it.each([
    ['then', `  - if: ${condition}\n    then:\n      - ${bad}`, '7:11: steps.0.then.0.send'],
    ['else', `  - if: ${condition}\n    then: []\n    else:\n      - ${bad}`, '8:11: steps.0.else.0.send'],
    [
      'a branch',
      `  - branch:\n      - if: ${condition}\n        then:\n          - ${bad}`,
      '8:15: steps.0.branch.0.then.0.send',
    ],
    ['an await', `  - await: a.b\n    within: 1 day\n    then:\n      - ${bad}`, '8:11: steps.0.then.0.send'],
    [
      'one of several awaited',
      `  - await:\n      - { when: a.b }\n      - when: c.d\n        then:\n          - ${bad}\n    within: 1 day`,
      '9:15: steps.0.await.1.then.0.send',
    ],
    [
      'the end of the wait',
      `  - await: a.b\n    within: 1 day\n    else:\n      - ${bad}`,
      '8:11: steps.0.else.0.send',
    ],
    [
      'a split',
      `  - split: x\n    into:\n      - { name: a, share: 50% }\n      - name: b\n        share: 50%\n        then:\n          - ${bad}`,
      '11:15: steps.0.into.1.then.0.send',
    ],
    ['if not sent', `  - send: hello\n    if not sent:\n      - ${bad}`, '7:11: steps.0.if not sent.0.send'],
    ['if it fails', `  - send: hello\n    if it fails:\n      - ${bad}`, '7:11: steps.0.if it fails.0.send'],
    [
      'deeper down',
      `  - if: ${condition}\n    then:\n      - if: ${condition}\n        then:\n          - ${bad}`,
      '9:15: steps.0.then.0.then.0.send',
    ],
  ])('%s', (_where, steps, place) => {
    expect(problemsOf(steps)).toEqual([`welcome.yaml:${place}: ${there}`])
  })
})

describe('steps that nobody reaches', () => {
  const UNREACHED =
    'Nobody reaches this step: the one before it always ends the run. Remove it, or move what ends the run.'
  const condition = '{ trait: plan, is: pro }'

  it.each([
    ['after an exit', '  - exit: x\n  - send: hello', '6:5: steps.1'],
    [
      'after a branch of which all ways end',
      `  - { if: ${condition}, then: [{ exit: a }], else: [{ exit: b }] }\n  - send: hello`,
      '6:5: steps.1',
    ],
    [
      'after an await of which all ways end',
      '  - { await: a.b, within: 1 day, then: [{ exit: a }], else: [{ exit: b }] }\n  - send: hello',
      '6:5: steps.1',
    ],
    [
      'after a split of which all ways end',
      '  - { split: x, into: [{ name: a, share: 50%, then: [{ exit: a }] }, { name: b, share: 50%, then: [{ exit: b }] }] }\n  - send: hello',
      '6:5: steps.1',
    ],
    ['inside another', `  - { if: ${condition}, then: [{ exit: a }, { send: hello }] }`, '5:57: steps.0.then.1'],
  ])('are told: %s', (_where, steps, place) => {
    expect(problemsOf(steps)).toEqual([`welcome.yaml:${place}: ${UNREACHED}`])
  })

  it('are told once: what follows them is not', () => {
    expect(problemsOf('  - exit: x\n  - wait: 1 day\n  - send: hello')).toHaveLength(1)
  })

  it('are told where what leads to them cannot happen', () => {
    expect(problemsOf('  - { wait: 1 day, if it fails: [{ send: hello }] }')).toEqual([
      'welcome.yaml:5:34: steps.0.if it fails.0: Nobody reaches this step: what leads to it cannot happen. Remove it.',
    ])
  })

  it('are none where one way goes on, be it that of a failure', () => {
    expect(problemsOf(`  - { if: ${condition}, then: [{ exit: a }] }\n  - send: hello`)).toEqual([])
    expect(problemsOf('  - { exit: x, if it fails: continue }\n  - send: hello')).toEqual([])
    expect(problemsOf('  - { send: hello, if not sent: exit }\n  - send: hello')).toEqual([])
  })
})

describe('names', () => {
  it('that two steps share are told, wherever the two stand', () => {
    expect(
      problemsOf(
        '  - { wait: 1 day, name: rest }\n  - { if: { trait: plan, is: pro }, then: [{ wait: 1 hour, name: rest }] }\n  - send: hello',
      ),
    ).toEqual(['welcome.yaml:6:60: steps.1.then.0.name: Two steps are named "rest". Give one of them another name.'])
  })

  it('that would have been made up for another step are taken by the one that has them', () => {
    expect(problemsOf('  - send: hello\n  - { update: { set: { plan: pro } }, name: send-hello }')).toEqual([])
  })
})
