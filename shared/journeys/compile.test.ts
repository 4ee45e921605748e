import { describe, expect, it } from 'vitest'
import { aJourney } from '#test/builders/a-journey.ts'
import { NO_ROOM, RETRYABLE } from '../errors/errors.ts'
import { compileJourney, reachedStates } from './compile.ts'
import type { State } from './steps/place.ts'

function compile(steps: string) {
  const { StartAt, States } = compileJourney(aJourney(steps))
  return {
    StartAt,
    names: Object.keys(States).sort(),
    /** A state, which the journey has. */
    state: (name: string): State => {
      const state = States[name]
      if (state === undefined) throw new Error(`There is no state ${name}, but ${Object.keys(States).join(', ')}.`)
      return state
    },
  }
}

const functionOf = ({ Arguments }: State): unknown => (Arguments as { FunctionName: string }).FunctionName
const payloadOf = ({ Arguments }: State): string => (Arguments as { Payload: string }).Payload
const catches = ({ Catch }: State) =>
  (Catch as { ErrorEquals: string[]; Next: string }[]).map(({ ErrorEquals, Next }) => [ErrorEquals.join(), Next])
const choices = ({ Choices, Default }: State) => [
  ...(Choices as { Condition: string; Next: string }[]).map(({ Condition, Next }) => [Condition, Next]),
  ['else', Default],
]

describe('compileJourney', () => {
  it('ends at once where there is nothing to do', () => {
    const { StartAt, names, state } = compile('  []')
    expect({ StartAt, names }).toEqual({ StartAt: 'end', names: ['done', 'end'] })
    expect(functionOf(state('end'))).toBe('end-run')
    expect(state('done')).toEqual({ Type: 'Succeed' })
  })

  it('makes one task of a step, with payloads of ids, its retries, and a way out for a run that has ended', () => {
    const { StartAt, state } = compile('  - update: { set: { a: b } }')
    const update = state('update-a')
    expect(StartAt).toBe('update-a')
    expect(functionOf(update)).toBe('update-profile')
    expect(payloadOf(update)).toBe(
      '{% $merge([$states.context.Execution.Input, {"step": "update-a", "pausable": true}, $states.input.again]) %}',
    )
    expect(update.Retry).toMatchObject([{ ErrorEquals: [NO_ROOM] }, { ErrorEquals: [...RETRYABLE, 'States.Timeout'] }])
    expect(catches(update)).toEqual([
      ['Left', 'done'],
      ['Paused', 'update-a paused'],
      ['States.ALL', 'failed'],
    ])
    expect(update.Next).toBe('end')
  })

  it.each([
    ['exit', '', 'failed'],
    ['continue', ', if it fails: continue', 'wait-1-day'],
    ['steps', ', if it fails: [{ exit: oh no }]', 'exit-oh-no'],
  ])('leads a failure where the step says: %s', (_where, parameter, next) => {
    const { state } = compile(`  - { update: { set: { a: b } }${parameter} }\n  - wait: 1 day`)
    expect(catches(state('update-a'))).toEqual([
      ['Left', 'done'],
      ['Paused', 'update-a paused'],
      ['States.ALL', next],
    ])
  })

  it('has the state for failures only where a step may come to it', () => {
    expect(compile('  - { update: { set: { a: b } }, if it fails: continue }').names).not.toContain('failed')
    expect(functionOf(compile('  - update: { set: { a: b } }').state('failed'))).toBe('end-run')
  })
})

describe('a wait', () => {
  it('sleeps for whole seconds, and says that it did', () => {
    expect(compile('  - wait: 1.5 seconds').state('wait-2-seconds')).toEqual({
      Type: 'Wait',
      Seconds: 2,
      Output: "{% $merge([$states.input, {'waited': true}]) %}",
      Next: 'end',
    })
  })
})

describe('a send', () => {
  it('is decided, held and decided again, until there is an outcome', () => {
    const { state } = compile('  - send: hello\n  - wait: 1 day')
    expect(functionOf(state('send-hello'))).toBe('send-message')
    expect(state('send-hello').Next).toBe('send-hello?')
    expect(choices(state('send-hello?'))).toEqual([
      ['{% $states.input.outcome in ["hold"] %}', 'send-hello held'],
      ['{% $states.input.outcome in ["sent", "uncertain"] %}', 'wait-1-day'],
      ['else', 'wait-1-day'],
    ])
    expect(state('send-hello held')).toEqual({
      Type: 'Wait',
      Timestamp: '{% $states.input.until %}',
      Next: 'send-hello',
    })
  })

  it('ends the run by itself where nothing follows, and saves a task', () => {
    const { state, names } = compile('  - { send: hello, if it fails: continue }')
    expect(payloadOf(state('send-hello'))).toContain('"ends": {"sent": true, "notSent": true}')
    expect(choices(state('send-hello?')).map(([, next]) => next)).toEqual(['send-hello held', 'done', 'done'])
    expect(names).toContain('end')
    expect(compile('  - send: hello').names).not.toContain('end')
  })

  it.each([
    ['exit', 'done', '"ends": {"sent": false, "notSent": true}'],
    ['continue', 'wait-1-day', undefined],
    ['[{ exit: nobody }]', 'exit-nobody', undefined],
  ])('that was not sent leads where the step says: %s', (parameter, next, ends) => {
    const { state } = compile(`  - { send: hello, if not sent: ${parameter} }\n  - wait: 1 day`)
    expect(state('send-hello?').Default).toBe(next)
    if (ends === undefined) expect(payloadOf(state('send-hello'))).not.toContain('ends')
    else expect(payloadOf(state('send-hello'))).toContain(ends)
  })
})

describe('an await', () => {
  it('hands out a token, and goes on when it comes back or the time is over', () => {
    const { state } = compile('  - { await: a.b, within: 2 days, then: [{ exit: came }], else: [{ exit: silence }] }')
    const waiting = state('await-a-b')
    expect(waiting).toMatchObject({
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      TimeoutSeconds: '{% $exists($states.input.move.seconds) ? $states.input.move.seconds : 172800 %}',
    })
    expect(payloadOf(waiting)).toContain('"token": $states.context.Task.Token')
    expect(waiting.Next).toBe('exit-came')
    expect(catches(waiting)).toEqual([
      ['Left', 'done'],
      ['Paused', 'await-a-b paused'],
      ['States.Timeout', 'exit-silence'],
      ['States.ALL', 'failed'],
    ])
  })

  it('takes the way of the case that matched', () => {
    const { state } = compile('  - { await: [{ when: a.b }, { when: c.d, then: [{ exit: two }] }], within: 1 day }')
    expect(state('await-a-b').Next).toBe('await-a-b?')
    expect(choices(state('await-a-b?'))).toEqual([
      ['{% $states.input.matched = 1 %}', 'exit-two'],
      ['else', 'end'],
    ])
  })

  it('needs no choice where every case goes on alike', () => {
    const { state, names } = compile('  - { await: [{ when: a.b }, { when: c.d }], within: 1 day }')
    expect(state('await-a-b').Next).toBe('end')
    expect(names).not.toContain('await-a-b?')
  })
})

describe('branches', () => {
  it('ask a task which way, and take it', () => {
    const { state } = compile(`  - branch:
      - { if: { trait: plan, is: pro }, then: [{ exit: pro }] }
      - { if: { trait: plan, is: plus }, then: [] }
    else: [{ exit: free }]
  - wait: 1 day`)
    expect(functionOf(state('branch-her-plan-is-pro'))).toBe('decide-branch')
    expect(choices(state('branch-her-plan-is-pro?'))).toEqual([
      ['{% $states.input.branch = 0 %}', 'exit-pro'],
      ['{% $states.input.branch = 1 %}', 'wait-1-day'],
      ['else', 'exit-free'],
    ])
  })

  it('of an if are two', () => {
    expect(
      choices(compile('  - { if: { trait: plan, is: pro }, then: [{ exit: pro }] }').state('if-her-plan-is-pro?')),
    ).toEqual([
      ['{% $states.input.branch = 0 %}', 'exit-pro'],
      ['else', 'end'],
    ])
  })
})

describe('a split', () => {
  it('needs no task: her place was drawn when she entered', () => {
    const { StartAt, state } = compile(`  - split: offer
    into:
      - { name: a, share: 10%, then: [{ exit: a }] }
      - { name: b, share: 25.5%, then: [{ exit: b }] }
      - { name: c, share: 64.5%, then: [{ exit: c }] }`)
    const drawn = '$lookup($states.context.Execution.Input.splits, "offer")'
    expect(StartAt).toBe('split-offer')
    expect(choices(state('split-offer'))).toEqual([
      [`{% ${drawn} < 1000 %}`, 'exit-a'],
      [`{% ${drawn} < 3550 %}`, 'exit-b'],
      ['else', 'exit-c'],
    ])
  })
})

describe('an exit', () => {
  it('ends the run with its reason, quotes and all', () => {
    const { state } = compile('  - exit: she said "no"')
    const exit = state('exit-she-said-no')
    expect(functionOf(exit)).toBe('end-run')
    expect(payloadOf(exit)).toContain('"reason": "she said \\"no\\""')
    expect(exit.End).toBe(true)
    expect(exit).not.toHaveProperty('Next')
  })
})

describe('reachedStates', () => {
  it('follows every way out of a state', () => {
    const States = {
      a: { Choices: [{ Next: 'b' }], Default: 'c' },
      b: { Next: 'd', Catch: [{ Next: 'e' }] },
      c: {},
      d: { Next: 'a' },
      e: {},
      f: { Next: 'a' },
    }
    expect([...reachedStates({ StartAt: 'a', States })].sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
  })
})
