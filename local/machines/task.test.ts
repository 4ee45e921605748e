import { describe, expect, it } from 'vitest'
import { aMachineWorld, anError, aTask, aTokenTask, SECOND, START, type Work } from '#test/builders/machine-world.ts'

const CAUGHT = { Type: 'Succeed', Output: { caught: '{% $states.input %}' } }

/** Fails with each of these names in turn, then works. */
function failing(...names: readonly string[]): Work {
  return (_payload, call) => {
    const name = names[call - 1]
    if (name !== undefined) throw anError(name, `call ${call}`)
    return 'done'
  }
}

describe('Retry', () => {
  /** Runs one task to its end and tells at which second each of its calls was. */
  async function secondsOfCalls(task: Record<string, unknown>, work: Work, random?: () => number) {
    const seconds: number[] = []
    const world = aMachineWorld({
      ...(random && { random }),
      work: (payload, call) => {
        seconds.push((world.clock.now() - START) / SECOND)
        return work(payload, call)
      },
    })
    await world.run({ Work: aTask(task) })
    await world.clock.advance(100_000 * SECOND)
    return { seconds, ended: world.execution() }
  }

  const always = failing(...Array.from({ length: 99 }, () => 'Unavailable'))

  it.each([
    ['1 s, twice as long each time, three times by default', {}, [0, 1, 3, 7]],
    ['the interval and rate given', { IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 2 }, [0, 10, 40]],
    ['no longer than the most', { IntervalSeconds: 10, MaxDelaySeconds: 15, MaxAttempts: 3 }, [0, 10, 25, 40]],
    ['not at all with no attempts', { MaxAttempts: 0 }, [0]],
  ])('waits %s', async (_what, fields, expected) => {
    const { seconds, ended } = await secondsOfCalls({ Retry: [{ ErrorEquals: ['Unavailable'], ...fields }] }, always)
    expect(seconds).toEqual(expected)
    expect(ended).toMatchObject({ status: 'failed', error: 'Unavailable', cause: `call ${expected.length}` })
  })

  it('waits anything from nothing to the whole interval with full jitter', async () => {
    const dice = [0.5, 0, 0.25]
    const retry = { ErrorEquals: ['Unavailable'], IntervalSeconds: 100, BackoffRate: 1, JitterStrategy: 'FULL' }
    const { seconds } = await secondsOfCalls({ Retry: [retry] }, always, () => dice.shift() ?? 1)
    expect(seconds).toEqual([0, 50, 50, 75])
  })

  it('counts the attempts of each retrier by itself, and the first that matches decides', async () => {
    const Retry = [
      { ErrorEquals: ['A'], MaxAttempts: 1 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
    ]
    expect((await secondsOfCalls({ Retry }, failing('A', 'B'))).ended).toMatchObject({ status: 'succeeded' })
    expect((await secondsOfCalls({ Retry }, failing('A', 'A'))).ended).toMatchObject({ error: 'A', cause: 'call 2' })
  })

  it('begins to count anew when the state is entered again', async () => {
    const world = aMachineWorld({ work: failing('A', 'B', 'A') })
    const Retry = [{ ErrorEquals: ['A'], MaxAttempts: 1 }]
    await world.run({
      Work: aTask({ Retry, Catch: [{ ErrorEquals: ['B'], Next: 'Again' }] }),
      Again: { Type: 'Pass', Next: 'Work' },
    })
    await world.clock.advance(10 * SECOND)
    expect(world.execution()).toMatchObject({ status: 'succeeded' })
  })

  it('comes before Catch', async () => {
    const world = aMachineWorld({ work: failing('A', 'A') })
    const Retry = [{ ErrorEquals: ['A'], MaxAttempts: 1 }]
    await world.run({ Work: aTask({ Retry, Catch: [{ ErrorEquals: ['A'], Next: 'Caught' }] }), Caught: CAUGHT })
    await world.clock.advance(SECOND)
    expect(world.calls).toHaveLength(2)
    expect(world.execution()?.output).toEqual({ caught: { Error: 'A', Cause: 'call 2' } })
  })
})

describe('Catch', () => {
  const caughtBy = (errorEquals: string, name: string) =>
    aMachineWorld({ work: failing(name) }).run({
      Work: aTask({ Catch: [{ ErrorEquals: [errorEquals], Next: 'Caught' }] }),
      Caught: CAUGHT,
    })

  it.each([
    ['Left', 'Left', true],
    ['Left', 'Paused', false],
    ['States.ALL', 'Left', true],
    ['States.ALL', 'States.Timeout', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.TaskFailed', 'Left', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.Timeout', 'States.Timeout', true],
  ])('of %s sees %s: %s', async (errorEquals, name, caught) => {
    expect((await caughtBy(errorEquals, name))?.status).toBe(caught ? 'succeeded' : 'failed')
  })

  it('has its own Assign and Output, with the error and the input', async () => {
    const ended = await aMachineWorld({ work: failing('Left') }).run(
      {
        Work: aTask({
          Catch: [
            {
              ErrorEquals: ['Left'],
              Next: 'End',
              Assign: { error: '{% $states.errorOutput.Error %}' },
              Output: '{% $states.input %}',
            },
          ],
        }),
        End: { Type: 'Succeed', Output: ['{% $error %}', '{% $states.input %}'] },
      },
      { customer: 'ada' },
    )
    expect(ended?.output).toEqual(['Left', { customer: 'ada' }])
  })

  it('sees what goes wrong in the arguments, the result and the output of its state', async () => {
    const Catch = [{ ErrorEquals: ['States.QueryEvaluationError', 'States.DataLimitExceeded'], Next: 'Caught' }]
    const errorOf = async (fields: Record<string, unknown>, work: Work = () => 1) => {
      const ended = await aMachineWorld({ work }).run({ Work: aTask({ Catch, ...fields }), Caught: CAUGHT })
      return (ended!.output as { caught: { Error: string; Cause: string } }).caught
    }
    expect(await errorOf({ Arguments: { FunctionName: '{% $states.input.none %}' } })).toEqual({
      Error: 'States.QueryEvaluationError',
      Cause:
        "An error occurred while executing the state 'Work' (entered at the event id #2). The JSONata expression " +
        "'$states.input.none' specified for the field 'Arguments/FunctionName' returned nothing (undefined).",
    })
    expect(await errorOf({ Output: { a: [1, "{% 1 + 'x' %}"] } })).toEqual({
      Error: 'States.QueryEvaluationError',
      Cause:
        "An error occurred while executing the state 'Work' (entered at the event id #2). The JSONata expression " +
        `'1 + 'x'' specified for the field 'Output/a[1]' threw an error during evaluation. ` +
        'T2002: The right side of the "+" operator must evaluate to a number',
    })
    expect((await errorOf({}, () => 'x'.repeat(300_000))).Error).toBe('States.DataLimitExceeded')
  })

  it('does not see what goes wrong in itself', async () => {
    const ended = await aMachineWorld({ work: failing('Left') }).run({
      Work: aTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught', Output: '{% $states.input.none %}' }] }),
      Caught: CAUGHT,
    })
    expect(ended).toMatchObject({
      status: 'failed',
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining("'Catch[0]/Output'"),
    })
  })
})

describe('TimeoutSeconds', () => {
  it('ends a wait for a token with an error that has no cause', async () => {
    const { clock, execution, run } = aMachineWorld()
    await run({
      Ask: aTokenTask({ TimeoutSeconds: 60, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Caught' }] }),
      Caught: CAUGHT,
    })
    await clock.advance(60 * SECOND)
    expect(execution()?.output).toEqual({ caught: { Error: 'States.Timeout', Cause: '' } })
  })

  it('counts for each attempt anew', async () => {
    const { clock, execution, run, calls } = aMachineWorld()
    await run({
      Ask: aTokenTask({
        TimeoutSeconds: 60,
        Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 5, MaxAttempts: 1 }],
      }),
    })
    await clock.advance(200 * SECOND)
    expect(calls).toHaveLength(2)
    expect(execution()).toMatchObject({ error: 'States.Timeout', endedAt: START + 125 * SECOND })
  })

  it('ends a function that does not come back, whose result then counts for nothing', async () => {
    let finish = () => {}
    const { machines, activity, execution, run, calls } = aMachineWorld({
      work: () => new Promise((resolve) => (finish = () => resolve('late'))),
    })
    const running = run({ Work: aTask({ TimeoutSeconds: 60 }) })
    while (calls.length === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(machines.nextWakeAt()).toBe(START + 60 * SECOND)
    machines.wake(START + 60 * SECOND)
    while (execution()?.status === 'running') await new Promise((resolve) => setImmediate(resolve))
    finish()
    await running
    expect(activity.running).toBe(0)
    expect(execution()).toMatchObject({ status: 'failed', error: 'States.Timeout' })
  })

  it.each(['{% 0 %}', '{% 1.5 %}', "{% 'a day' %}"])('fails the state when it is %s', async (TimeoutSeconds) => {
    const { run, calls } = aMachineWorld()
    expect(await run({ Work: aTask({ TimeoutSeconds }) })).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining('TimeoutSeconds'),
    })
    expect(calls).toEqual([])
  })
})
