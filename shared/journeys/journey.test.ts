import { describe, expect, it } from 'vitest'
import { describeProblem } from '../documents/document.ts'
import { type Journey, readJourney } from './journey.ts'

const HEAD = 'journey: welcome\npurpose: offers\nenter: { when: order.started }\n'

function read(text: string): Journey {
  const reading = readJourney('welcome.yaml', text)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  return reading.document
}

/** The steps that a piece of YAML says. */
const stepsOf = (yaml: string) => read(`${HEAD}steps:\n${yaml}`).steps

function problemsOf(text: string): readonly string[] {
  const reading = readJourney('welcome.yaml', text)
  return reading.ok ? [] : reading.problems.map(describeProblem)
}

describe('readJourney', () => {
  it('reads what a journey says of itself', () => {
    const journey = read(`journey: welcome
description: Says hello
purpose: offers
enter:
  when: order.started
  where: { property: total, at least: 5 }
  if: { trait: plan, is: pro }
  key: order.id
  same key: restart
  again: after 7 days
exit: { when: order.completed }
goal: { when: order.completed, within: 2 days, value: total }
holdout: 10%
priority: 5
steps: []
`)
    expect(journey).toMatchObject({
      journey: 'welcome',
      description: 'Says hello',
      enter: {
        on: { kind: 'touchpoint', type: 'order.started' },
        key: ['order', 'id'],
        sameKey: 'restart',
        again: 7 * 86_400_000,
      },
      exit: [{ when: 'order.completed' }],
      goal: { when: 'order.completed', within: 2 * 86_400_000, value: 'total' },
      holdout: 0.1,
      priority: 5,
      steps: [],
    })
  })

  it('takes the least that is asked for', () => {
    expect(read(`${HEAD}steps: []`)).toMatchObject({ enter: { again: 0, sameKey: 'ignore' }, exit: [] })
  })

  it.each([
    ['never', Number.MAX_SAFE_INTEGER],
    ['always', 0],
    ['after 1 day 12 hours', 36 * 3_600_000],
  ])('reads again: %s', (again, milliseconds) => {
    const text = `journey: welcome\npurpose: offers\nenter: { when: order.started, again: ${again} }\nsteps: []`
    expect(read(text).enter.again).toBe(milliseconds)
  })
})

describe('a step', () => {
  it.each([
    [
      'send',
      '  - send: hello',
      { kind: 'send', id: 'send-hello', message: 'hello', ifNotSent: 'continue', ifItFails: 'exit' },
    ],
    [
      'send with everything',
      '  - { send: hello, by: [push, sms], purpose: service, deadline: 2 hours, if not sent: [{ exit: x }] }',
      { message: 'hello', by: ['push', 'sms'], purpose: 'service', deadline: 7_200_000, ifNotSent: [{ kind: 'exit' }] },
    ],
    ['send by one channel', '  - { send: hello, by: sms }', { by: ['sms'] }],
    ['wait', '  - wait: 1 hour 30 minutes', { kind: 'wait', id: 'wait-1-hour-30-minutes', duration: 5_400_000 }],
    [
      'await',
      '  - { await: cart.viewed, within: 1 day, then: [{ exit: a }], else: [{ exit: b }] }',
      {
        kind: 'await',
        id: 'await-cart-viewed',
        within: 86_400_000,
        cases: [{ when: 'cart.viewed', then: [{ kind: 'exit', id: 'exit-a' }] }],
        otherwise: [{ kind: 'exit', id: 'exit-b' }],
      },
    ],
    [
      'await of several',
      '  - { await: [{ when: cart.viewed }, { when: page.viewed, then: [{ exit: a }] }], within: 1 day }',
      {
        cases: [
          { when: 'cart.viewed', then: [] },
          { when: 'page.viewed', then: [{ id: 'exit-a' }] },
        ],
        otherwise: [],
      },
    ],
    [
      'if',
      '  - { if: { trait: plan, is: pro }, then: [{ exit: a }] }',
      { kind: 'if', condition: { kind: 'trait' }, then: [{ id: 'exit-a' }], otherwise: [] },
    ],
    [
      'branch',
      '  - { branch: [{ if: { trait: plan, is: pro }, then: [] }], else: [{ exit: a }] }',
      { kind: 'branch', cases: [{ if: { kind: 'trait' }, then: [] }], otherwise: [{ id: 'exit-a' }] },
    ],
    [
      'split',
      '  - { split: offer, into: [{ name: a, share: 33.5% }, { name: b, share: 66.5%, then: [{ exit: x }] }] }',
      {
        kind: 'split',
        split: 'offer',
        into: [
          { name: 'a', share: 0.335, then: [] },
          { name: 'b', share: 0.665 },
        ],
      },
    ],
    [
      'update',
      '  - update: { set: { plan: pro, "first name": Ada }, add: { points: "-2.5" }, remove: [note] }',
      { kind: 'update', set: { plan: 'pro', 'first name': 'Ada' }, add: { points: -2.5 }, remove: ['note'] },
    ],
    ['exit', '  - exit: had enough', { kind: 'exit', id: 'exit-had-enough', reason: 'had enough' }],
  ])('of each kind is read: %s', (_kind, yaml, step) => {
    expect(stepsOf(yaml)).toMatchObject([step])
  })

  it('may have a name, and say what happens if it fails', () => {
    expect(stepsOf('  - { wait: 1 hour, name: breathe }\n  - { send: a, if it fails: continue }')).toMatchObject([
      { id: 'breathe' },
      { ifItFails: 'continue' },
    ])
    expect(stepsOf('  - { send: a, if it fails: [{ send: b, if it fails: [{ exit: c }] }] }')).toMatchObject([
      { ifItFails: [{ kind: 'send', message: 'b', ifItFails: [{ kind: 'exit', id: 'exit-c' }] }] },
    ])
  })
})

describe('a mistake in a step is told with its place and the way out', () => {
  it.each([
    ['- sned: hello', '5: steps.0.sned: "sned" is not known here. Did you mean "send"?'],
    [
      '- hello',
      '5: steps.0: This is no step. It has one of: send, wait, wait until, await, if, branch, split, repeat, update, emit, start, webhook, hand over, exit.',
    ],
    ['- { send: hello, dedline: 1 day }', '20: steps.0.dedline: "dedline" is not known here. Did you mean "deadline"?'],
    [
      '- { send: hello, wait: 1 day }',
      '20: steps.0.wait: "send" and "wait" do not go together in one step. Write them as two, in a list.',
    ],
    [
      '- send: Hello You',
      '5: steps.0.send: A name has lower-case letters, digits and hyphens, as in "order-reminder".',
    ],
    ['- wait: soon', '5: steps.0.wait: "soon" is not a duration, as in "2 days" or "1 hour 30 minutes".'],
    ['- await: order.completed', '5: steps.0: "within" is missing. Add "within".'],
    ['- { await: order.completed, within: 0 minutes }', '31: steps.0.within: Some time must pass, as in "2 days".'],
    [
      '- { await: Order Completed, within: 1 day }',
      '7: steps.0.await: A touchpoint type is dotted lower case, as in "order.completed".',
    ],
    ['- { await: [{ then: [] }], within: 1 day }', '15: steps.0.await.0: "when" is missing. Add "when".'],
    [
      '- { await: [{ when: a.b }], within: 1 day, then: [{ exit: x }] }',
      '5: steps.0: With several touchpoints, "where" and "then" belong to each of them.',
    ],
    ['- if: { trait: plan, is: pro }', '5: steps.0: "then" is missing. Add "then".'],
    [
      '- { if: { trat: plan, is: pro }, then: [] }',
      '13: steps.0.if.trat: "trat" is not known here. Did you mean "trait"?',
    ],
    [
      '- { branch: [{ if: { trait: plan, is: pro }, then: [], else: [] }] }',
      '58: steps.0.branch.0.else: Here "else" belongs to one case; it is for when none holds. Indent it as "branch".',
    ],
    [
      '- { split: x, into: [{ name: a, share: 50% }, { name: b, share: 40% }] }',
      '17: steps.0.into: The shares of a split add up to 100%.',
    ],
    ['- { split: x, into: [{ name: a, share: 100% }] }', '17: steps.0.into: A split has two ways at the least.'],
    [
      '- { split: x, into: [{ name: a, share: half }, { name: b, share: 50% }] }',
      '35: steps.0.into.0.share: "half" is not a share, as in 50%.',
    ],
    [
      '- update: { add: { points: many } }',
      '22: steps.0.update.add.points: What is added is a number, or a list of tags, as in [vip].',
    ],
    ['- update: { sets: { a: b } }', '15: steps.0.update.sets: "sets" is not known here. Did you mean "set"?'],
    ['- { send: a, if not sent: stop }', '16: steps.0.if not sent: "stop" is not one of: continue, exit.'],
    ['- { send: a, if it fails: retry }', '16: steps.0.if it fails: "retry" is not one of: continue, exit.'],
    [
      '- { send: a, if it fails: [{ sned: b }] }',
      '32: steps.0.if it fails.0.sned: "sned" is not known here. Did you mean "send"?',
    ],
    [
      '- { wait: 1 day, name: First Step }',
      '20: steps.0.name: A name has lower-case letters, digits and hyphens, as in "order-reminder".',
    ],
    ['- { wait: 1 day, name: done }', '20: steps.0.name: A journey’s machine uses this name itself; take another.'],
    [
      '- { if: { trait: plan, is: pro }, then: [{ wait: soon }] }',
      '46: steps.0.then.0.wait: "soon" is not a duration, as in "2 days" or "1 hour 30 minutes".',
    ],
  ])('%s', (yaml, problem) => {
    expect(problemsOf(`${HEAD}steps:\n  ${yaml}`)).toEqual([`welcome.yaml:5:${problem}`])
  })
})

describe('a mistake in a journey is told with its place and the way out', () => {
  const journey = (lines: Record<string, string>): string =>
    Object.entries({ journey: 'welcome', purpose: 'offers', enter: '{ when: a.b }', steps: '[]', ...lines })
      .filter(([, value]) => value !== '')
      .map(([key, value]) => `${key}: ${value}\n`)
      .join('')

  it.each([
    ['no entry', { enter: '' }, ['1:1: "enter" is missing. Add "enter".']],
    [
      'a key that is misspelt',
      { puropse: 'offers' },
      ['5:1: puropse: "puropse" is not known here. Did you mean "purpose"?'],
    ],
    ['steps that are no list', { steps: '{ send: hello }' }, ['4:1: steps: Here belongs a list, not a map.']],
    [
      'an exit that says nothing',
      { exit: '{ where: { property: x, is: y } }' },
      ['5:1: exit: An exit says when (a touchpoint), joins or leaves segment, or if (a condition on her).'],
    ],
    ['a share without its sign', { holdout: '0.1' }, ['5:1: holdout: "0.1" is not a share, as in 50%.']],
    [
      'an entry with a condition on her where one on the touchpoint belongs',
      { enter: '{ when: a.b, where: { trait: x, is: y } }' },
      ['3:21: enter.where: This is no condition on a touchpoint. It has one of: all, any, none, property, channel.'],
    ],
    [
      'a wrong "again"',
      { enter: '{ when: a.b, again: sometimes }' },
      ['3:21: enter.again: Write "never", "always" or, say, "after 7 days".'],
    ],
    [
      'a wrong time in "again"',
      { enter: '{ when: a.b, again: after a while }' },
      ['3:21: enter.again: "after a while" is not "never", "always" or, say, "after 7 days".'],
    ],
    [
      'a wrong "same key"',
      { enter: '{ when: a.b, same key: replace }' },
      ['3:21: enter.same key: "replace" is not one of: restart, ignore.'],
    ],
    [
      'several at once',
      { holdout: 'some', goal: '{ within: 1 day }' },
      ['6:1: goal: "when" is missing. Add "when".', '5:1: holdout: "some" is not a share, as in 50%.'],
    ],
  ])('%s', (_what, lines, problems) => {
    expect(problemsOf(journey(lines))).toEqual(problems.map((problem) => `welcome.yaml:${problem}`))
  })
})
