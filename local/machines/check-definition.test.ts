import { describe, expect, it } from 'vitest'
import type { Definition } from '#shared/world/machines.ts'
import { aMachine, aTask, aTokenTask } from '#test/builders/machine-world.ts'
import { checkDefinition } from './check-definition.ts'

const DONE = { Type: 'Succeed' }

describe('checkDefinition', () => {
  it('accepts all that a journey needs', async () => {
    const definition = aMachine({
      Wait: { Type: 'Wait', Seconds: 3600, Next: 'Send' },
      Send: aTask({
        Arguments: { FunctionName: 'send-message', Payload: { customer: '{% $states.input.customer %}' } },
        Retry: [
          {
            ErrorEquals: ['Unavailable'],
            IntervalSeconds: 2,
            BackoffRate: 2,
            MaxAttempts: 5,
            MaxDelaySeconds: 300,
            JitterStrategy: 'FULL',
          },
        ],
        Catch: [
          { ErrorEquals: ['Left'], Next: 'Done' },
          { ErrorEquals: ['States.ALL'], Assign: { failure: '{% $states.errorOutput %}' }, Next: 'Failed' },
        ],
        Assign: { sent: '{% $states.result.Payload %}' },
        Output: '{% $states.input %}',
        Next: 'Held',
      }),
      Held: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $sent.outcome = 'hold' %}", Next: 'Until' }],
        Default: 'Await',
      },
      Until: { Type: 'Wait', Timestamp: '{% $sent.until %}', Next: 'Send' },
      Await: aTokenTask({ TimeoutSeconds: '{% $states.input.days * 86400 %}', Next: 'Done' }),
      Done: DONE,
      Failed: { Type: 'Fail', Error: '{% $failure.Error %}', Cause: '{% $failure.Cause %}' },
    })
    expect(checkDefinition(definition)).toEqual([])
  })

  it.each<[string, Record<string, Record<string, unknown>>, string]>([
    ['Parallel', { A: { Type: 'Parallel', Branches: [], End: true } }, 'States/A/Type: only states of type Task, Wait'],
    ['Map', { A: { Type: 'Map', Items: [], End: true } }, 'States/A/Type: only states of type Task, Wait'],
    ['HeartbeatSeconds', { A: aTask({ HeartbeatSeconds: 5 }) }, 'States/A: Unrecognized key: "HeartbeatSeconds"'],
    ['a JSONPath field', { A: { Type: 'Pass', Result: 1, End: true } }, 'States/A: Unrecognized key: "Result"'],
    ['JSONPath in one state', { A: { Type: 'Pass', QueryLanguage: 'JSONPath', End: true } }, 'States/A/QueryLanguage'],
    ['another resource', { A: aTask({ Resource: 'arn:aws:states:::sqs:sendMessage' }) }, 'States/A/Resource: only arn'],
    ['no function', { A: aTask({ Arguments: {} }) }, 'States/A/Arguments/FunctionName: name the function'],
    [
      'an asynchronous call',
      { A: aTask({ Arguments: { FunctionName: 'f', InvocationType: 'Event' } }) },
      'Arguments/InvocationType',
    ],
    [
      'a transition to nowhere',
      { A: { Type: 'Pass', Next: 'B' } },
      'States/B: something leads to it, and it is not there',
    ],
    ['an unreachable state', { A: DONE, B: DONE }, 'States/B: nothing leads to it'],
    [
      'two ends',
      { A: { Type: 'Wait', Seconds: 1, Timestamp: '2026-11-21T12:00:00Z', End: true } },
      'States/A/Seconds, Timestamp: give exactly one of these',
    ],
    ['no end', { A: { Type: 'Pass' } }, 'States/A/Next, End: give exactly one of these'],
    [
      'a bad expression',
      { A: { Type: 'Pass', Output: '{% $states.input.constructor %}', End: true } },
      'States/A/Output: may not use the name constructor',
    ],
    [
      'an unassigned variable',
      { A: { Type: 'Pass', Output: { x: ['{% $x %}'] }, End: true } },
      'States/A/Output/x[0]: $x is assigned on no way to this state',
    ],
    [
      'a bad name',
      { A: { Type: 'Pass', Assign: { 'a-b': 1 }, End: true } },
      'States/A/Assign/a-b: not a name for a variable',
    ],
    [
      'a function as name',
      { A: { Type: 'Pass', Assign: { sum: 1 }, End: true } },
      'States/A/Assign/sum: not a name for a variable',
    ],
    [
      '$states as name',
      { A: { Type: 'Pass', Assign: { states: 1 }, End: true } },
      'States/A/Assign/states: not a name',
    ],
    [
      'a result in Pass',
      { A: { Type: 'Pass', Output: '{% $states.result %}', End: true } },
      '$states.result does not exist here',
    ],
    [
      'a result in Arguments',
      { A: aTask({ Arguments: { FunctionName: '{% $states.result %}' } }) },
      '$states.result does not exist here',
    ],
    [
      'an error outside Catch',
      { A: aTask({ Output: '{% $states.errorOutput %}' }) },
      '$states.errorOutput does not exist here',
    ],
    ['an unknown part', { A: aTask({ Output: '{% $states.outputs %}' }) }, '$states.outputs does not exist here'],
  ])('refuses %s by name', async (_what, states, problem) => {
    expect(checkDefinition(aMachine(states)).join('\n')).toContain(problem)
  })

  it('refuses a machine that is not in JSONata mode, or has a timeout of its own', async () => {
    const jsonPath = { ...aMachine({ A: DONE }), QueryLanguage: 'JSONPath' } as unknown as Definition
    expect(checkDefinition(jsonPath)).toEqual([expect.stringContaining('QueryLanguage')])
    const timed = { ...aMachine({ A: DONE }), TimeoutSeconds: 60 } as Definition
    expect(checkDefinition(timed)).toEqual([expect.stringContaining('TimeoutSeconds')])
  })

  it('refuses more than 1 MB', async () => {
    const large = { ...aMachine({ A: DONE }), Comment: 'é'.repeat(525_000) }
    expect(checkDefinition(large)).toEqual([expect.stringContaining('larger than 1048576 bytes')])
  })

  it('takes a variable for assigned when any way to the state assigns it, also round a loop or by a Catch', async () => {
    const uses = (Next: string, variable: string) => ({ Type: 'Pass', Output: `{% $exists($${variable}) %}`, Next })
    const states = {
      Work: aTask({ Catch: [{ ErrorEquals: ['States.ALL'], Assign: { failed: true }, Next: 'Failed' }], Next: 'Loop' }),
      Failed: uses('Loop', 'failed'),
      Loop: uses('Which', 'later'),
      Which: {
        Type: 'Choice',
        Choices: [{ Condition: '{% true %}', Assign: { later: 1 }, Next: 'Loop' }],
        Default: 'Done',
      },
      Done: DONE,
    }
    expect(checkDefinition(aMachine(states))).toEqual([])
    const without = { ...states, Which: { ...states.Which, Choices: [{ Condition: '{% true %}', Next: 'Loop' }] } }
    expect(checkDefinition(aMachine(without))).toEqual([
      'States/Loop/Output: $later is assigned on no way to this state',
    ])
  })
})
