import { describe, expect, it } from 'vitest'
import type { Json } from '#shared/world/table.ts'
import { aMachineWorld, anError, aTask, DAY, SECOND, START } from '#test/builders/machine-world.ts'

const DONE = { Type: 'Succeed' }

describe('Choice', () => {
  const states = {
    Which: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Next: 'Done', Output: { size: 'large' }, Assign: { seen: 'rule' } },
        { Condition: '{% $states.input.n > 5 %}', Next: 'Done' },
      ],
      Default: 'Done',
      Output: { size: 'small' },
      Assign: { seen: 'default' },
    },
    Done: { Type: 'Succeed', Output: ['{% $states.input %}', "{% $exists($seen) ? $seen : 'nothing' %}"] },
  }

  it.each([
    [11, [{ size: 'large' }, 'rule']],
    [6, [{ n: 6 }, 'nothing']],
    [1, [{ size: 'small' }, 'default']],
  ])('takes the first rule that holds, with its own Output and Assign (%s)', async (n, output) => {
    expect(await aMachineWorld().run(states, { n })).toMatchObject({ status: 'succeeded', output })
  })

  it('fails as on AWS when nothing holds', async () => {
    const { Default: _none, ...which } = states.Which
    expect(await aMachineWorld().run({ Which: which, Done: DONE }, { n: 1 })).toMatchObject({
      status: 'failed',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'Which' (entered at the event id #2). " +
        'Failed to transition out of the state. The state does not point to a next state.',
    })
  })

  it('fails when a condition is no boolean', async () => {
    const which = { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n %}', Next: 'Done' }] }
    expect(await aMachineWorld().run({ Which: which, Done: DONE }, { n: 'yes' })).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining(
        "'$states.input.n' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'string'",
      ),
    })
  })
})

describe('Wait', () => {
  it.each<[string, Record<string, Json>, number]>([
    ['seconds', { Seconds: 90 }, 90 * SECOND],
    ['computed seconds', { Seconds: '{% $states.input.days * 86400 %}' }, 2 * DAY],
    ['a timestamp', { Timestamp: '2026-11-22T14:00:00+02:00' }, DAY],
    ['a computed timestamp', { Timestamp: '{% $states.input.at %}' }, 1_500],
  ])('lasts as long as %s says', async (_what, fields, milliseconds) => {
    const { clock, execution, run } = aMachineWorld()
    const input = { days: 2, at: '2026-11-21T12:00:01.500Z' }
    await run({ Wait: { Type: 'Wait', ...fields, End: true } }, input)
    await clock.advance(milliseconds - 1)
    expect(execution()).toMatchObject({ status: 'running', state: 'Wait', wakeAt: START + milliseconds })
    await clock.advance(1)
    expect(execution()).toMatchObject({ status: 'succeeded', output: input, endedAt: START + milliseconds })
  })

  it('goes on at once when the time has passed', async () => {
    const ended = await aMachineWorld().run({ Wait: { Type: 'Wait', Timestamp: '2020-01-01T00:00:00Z', End: true } })
    expect(ended).toMatchObject({ status: 'succeeded', endedAt: START })
  })

  it.each([
    [{ Seconds: '{% 1.5 %}' }, 'The Seconds field is not an integer'],
    [{ Seconds: '{% -1 %}' }, 'The Seconds field is not an integer'],
    [{ Seconds: "{% '5' %}" }, "Expected 'number', but was 'string'"],
    [{ Timestamp: "{% '2026-13-01T00:00:00Z' %}" }, 'The Timestamp field cannot be parsed'],
    [{ Timestamp: "{% '2026-11-22' %}" }, 'The Timestamp field cannot be parsed'],
  ])('fails for %j', async (fields, cause) => {
    const ended = await aMachineWorld().run({ Wait: { Type: 'Wait', ...fields, End: true } })
    expect(ended).toMatchObject({ error: 'States.QueryEvaluationError', cause: expect.stringContaining(cause) })
  })
})

describe('Fail', () => {
  it('ends with its error and cause, both of which may be computed', async () => {
    const fail = { Type: 'Fail', Error: '{% $states.input.code %}', Cause: 'Nobody home.' }
    const ended = await aMachineWorld().run({ Fail: fail }, { code: 'Gone' })
    expect(ended).toMatchObject({ status: 'failed', error: 'Gone', cause: 'Nobody home.' })
  })
})

describe('Assign', () => {
  it('is seen from the next state on, and not by the Output beside it', async () => {
    const ended = await aMachineWorld().run({
      First: { Type: 'Pass', Assign: { n: 1 }, Next: 'Second' },
      Second: { Type: 'Pass', Assign: { n: '{% $n + 1 %}', m: '{% $n %}' }, Output: '{% $n %}', Next: 'Third' },
      Third: { Type: 'Pass', Output: { n: '{% $n %}', m: '{% $m %}', before: '{% $states.input %}' }, End: true },
    })
    expect(ended?.output).toEqual({ n: 2, m: 1, before: 1 })
  })
})

describe('the context', () => {
  it('has what Step Functions gives', async () => {
    const { clock, execution, run } = aMachineWorld()
    await run(
      {
        Wait: { Type: 'Wait', Seconds: 60, Output: 'changed', Next: 'Look' },
        Look: { Type: 'Pass', Output: '{% $states.context %}', End: true },
      },
      { customer: 'ada' },
    )
    await clock.advance(DAY)
    expect(execution()?.output).toEqual({
      Execution: {
        Id: 'machine:run',
        Input: { customer: 'ada' },
        Name: 'run',
        StartTime: '2026-11-21T12:00:00.000Z',
        RedriveCount: 0,
      },
      State: { Name: 'Look', EnteredTime: '2026-11-21T12:01:00.000Z', RetryCount: 0 },
      StateMachine: { Id: 'machine', Name: 'machine' },
    })
  })

  it('is of the world whose clock it is', async () => {
    const { clock, execution, run } = aMachineWorld()
    const look = { now: '{% $now() %}', millis: '{% $millis() %}' }
    await run({ Wait: { Type: 'Wait', Seconds: 60, Next: 'Look' }, Look: { Type: 'Succeed', Output: look } })
    await clock.advance(60 * SECOND)
    expect(execution()?.output).toEqual({ now: '2026-11-21T12:01:00.000Z', millis: START + 60 * SECOND })
  })
})

describe('limits', () => {
  const LARGE = 'x'.repeat(262_145)

  it.each([
    ['a result', aTask(), "The state/task 'lambda' returned a result"],
    ['an output', aTask({ Arguments: { FunctionName: 'small' }, Output: "{% $pad('', 262200, 'x') %}" }), "'Task'"],
    ['a variable', aTask({ Arguments: { FunctionName: 'small' }, Assign: { x: "{% $pad('', 262200) %}" } }), "'Task'"],
    ['a payload', aTask({ Arguments: { FunctionName: 'work', Payload: "{% $pad('', 262200) %}" } }), "'Task'"],
  ])('fail the state for %s above 256 KiB', async (_what, task, cause) => {
    const { run } = aMachineWorld({ invoke: async (name) => (name === 'small' ? 1 : LARGE) })
    const ended = await run({ Task: task })
    expect(ended).toMatchObject({ error: 'States.DataLimitExceeded', cause: expect.stringContaining(cause) })
  })

  it('end an execution with its 25,000th event, so also a loop that never waits', async () => {
    const loop = { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' } }
    expect(await aMachineWorld().run(loop)).toMatchObject({
      error: 'States.Runtime',
      cause: 'The execution reached the maximum number of history events (25000).',
    })
  })
})

describe('a bug of ours', () => {
  it('fails the execution that met it and is logged', async () => {
    const { run, errors } = aMachineWorld()
    expect(await run({ A: { Type: 'Pass', Next: 'Nowhere' } })).toMatchObject({
      status: 'failed',
      error: 'States.Runtime',
      cause: 'The machine has no state Nowhere.',
    })
    expect(errors).toEqual([expect.stringContaining('A machine failed by itself')])
  })

  it('in what a task returns leaves other executions alone', async () => {
    const { run } = aMachineWorld({
      work: () => {
        throw anError('TypeError', 'x is not a function')
      },
    })
    expect(await run({ A: aTask() })).toMatchObject({ error: 'TypeError', cause: 'x is not a function' })
  })
})

describe('values', () => {
  it('cross to a task as copies', async () => {
    const { run } = aMachineWorld({
      work: (payload) => {
        Object.assign(payload as object, { changed: true })
        return payload
      },
    })
    const input = { customer: 'ada' }
    const task = aTask({
      Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' },
      Output: '{% $states.input %}',
    })
    expect((await run({ A: task }, input))?.output).toEqual({ customer: 'ada' })
    expect(input).toEqual({ customer: 'ada' })
  })

  it('come from a task as JSON', async () => {
    const result = { at: new Date(START), gone: undefined } as unknown as Json
    const task = aTask({ Output: '{% $states.result.Payload %}' })
    expect((await aMachineWorld({ work: () => result }).run({ A: task }))?.output).toEqual({
      at: '2026-11-21T12:00:00.000Z',
    })
    expect((await aMachineWorld({ work: () => undefined as unknown as Json }).run({ A: task }))?.output).toBeNull()
  })
})
