import { describe, expect, it } from 'vitest'
import {
  aMachine,
  aMachineWorld,
  anError,
  aTask,
  aTokenTask,
  DAY,
  SECOND,
  START,
  tokenIn,
} from '#test/builders/machine-world.ts'

const DONE = { Type: 'Succeed' }

describe('publish', () => {
  it('gives the same version for the same definition and a new one for another', async () => {
    const { machines } = aMachineWorld()
    const first = await machines.publish('welcome', aMachine({ A: DONE }))
    const second = await machines.publish('welcome', aMachine({ B: DONE }))
    expect([first.machine, second.machine]).toEqual(['welcome:1', 'welcome:2'])
    expect(await machines.publish('welcome', aMachine({ A: DONE }))).toEqual(first)
  })

  it('keeps old versions runnable', async () => {
    const { machines, execution } = aMachineWorld()
    const { machine } = await machines.publish('machine', aMachine({ A: { ...DONE, Output: 'old' } }))
    await machines.publish('machine', aMachine({ A: { ...DONE, Output: 'new' } }))
    await machines.start({ machine, name: 'run', input: null })
    expect(execution()).toMatchObject({ status: 'succeeded', output: 'old' })
  })

  it('refuses a definition with all the reasons that its check gives', async () => {
    const { machines } = aMachineWorld({ check: () => ['one', 'two'] })
    await expect(machines.publish('welcome', aMachine({ A: DONE }))).rejects.toMatchObject({
      name: 'InvalidInput',
      code: 'machines.bad-definition',
      message: expect.stringContaining('one; two'),
    })
  })

  it.each(['', 'a b', 'a:b', 'x'.repeat(81)])('refuses the name "%s"', async (name) => {
    const { machines } = aMachineWorld()
    await expect(machines.publish(name, aMachine({ A: DONE }))).rejects.toMatchObject({ code: 'machines.bad-name' })
  })
})

describe('start', () => {
  it('runs from the input to the output, with payload and result of each task in between', async () => {
    const world = aMachineWorld({ work: (payload) => ({ seen: payload }) })
    const ended = await world.run(
      {
        Ask: aTask({
          Arguments: { FunctionName: 'work', Payload: { who: '{% $states.input.customer %}', fixed: [1, null] } },
          Assign: { answer: '{% $states.result.Payload.seen.who %}' },
          Output: '{% $states.result %}',
          Next: 'End',
        }),
        End: { Type: 'Succeed', Output: { answer: '{% $answer %}', result: '{% $states.input %}' } },
      },
      { customer: 'ada' },
    )
    const payload = { who: 'ada', fixed: [1, null] }
    expect(world.calls).toEqual([payload])
    expect(ended).toMatchObject({
      status: 'succeeded',
      output: { answer: 'ada', result: { ExecutedVersion: '$LATEST', Payload: { seen: payload }, StatusCode: 200 } },
    })
  })

  it('does nothing the second time, whatever the version and the input', async () => {
    const { machines, calls, activity } = aMachineWorld()
    const { machine } = await machines.publish('machine', aMachine({ A: aTask() }))
    const other = await machines.publish('machine', aMachine({ B: aTask() }))
    expect(await machines.start({ machine, name: 'run', input: 1 })).toBe('started')
    expect(await machines.start({ machine: other.machine, name: 'run', input: 2 })).toBe('already-started')
    await activity.whenIdle()
    expect(await machines.start({ machine, name: 'run', input: 1 })).toBe('already-started')
    expect(calls).toHaveLength(1)
  })

  it('starts one of two that come at the same time', async () => {
    const { machines, calls, activity } = aMachineWorld()
    const { machine } = await machines.publish('machine', aMachine({ A: aTask() }))
    const answers = await Promise.all([1, 2].map((input) => machines.start({ machine, name: 'run', input })))
    await activity.whenIdle()
    expect(answers.toSorted()).toEqual(['already-started', 'started'])
    expect(calls).toHaveLength(1)
  })

  it('frees a name 90 days after its execution ended, and not before', async () => {
    const { machines, clock, run } = aMachineWorld()
    await run({ A: DONE })
    const again = () => machines.start({ machine: 'machine:1', name: 'run', input: {} })
    await clock.advance(90 * DAY - 1)
    expect(await again()).toBe('already-started')
    await clock.advance(1)
    expect(await again()).toBe('started')
  })

  it('removes what ended more than 90 days ago, and nothing that runs', async () => {
    const { machines, clock, run } = aMachineWorld()
    await run({ A: { Type: 'Wait', Seconds: 200 * 86_400, End: true } })
    const { machine } = await machines.publish('short', aMachine({ A: DONE }))
    for (let at = 0; at < 1_200; at += 1) await machines.start({ machine, name: `s-${at}`, input: null })
    await clock.advance(91 * DAY)
    for (let at = 0; at < 4; at += 1) await machines.start({ machine, name: `late-${at}`, input: null })
    expect(machines.counts()).toEqual({ running: 1, succeeded: 4, failed: 0, stopped: 0 })
  })

  it.each([
    ['an unknown machine', { machine: 'nobody:1', name: 'run', input: {} }, 'machines.unknown-machine'],
    ['a version that is none', { machine: 'machine', name: 'run', input: {} }, 'machines.unknown-machine'],
    ['a name with a space', { machine: 'machine:1', name: 'a run', input: {} }, 'machines.bad-name'],
    ['a long name', { machine: 'machine:1', name: 'r'.repeat(81), input: {} }, 'machines.bad-name'],
    ['a large input', { machine: 'machine:1', name: 'run', input: 'é'.repeat(132_000) }, 'machines.payload-too-large'],
  ])('refuses %s', async (_what, request, code) => {
    const { machines } = aMachineWorld()
    await machines.publish('machine', aMachine({ A: DONE }))
    await expect(machines.start(request)).rejects.toMatchObject({ name: 'InvalidInput', code })
  })
})

describe('stop', () => {
  it('ends a waiting execution at once and for good', async () => {
    const { machines, clock, calls, execution, run } = aMachineWorld()
    await run({ Wait: { Type: 'Wait', Seconds: 60, Next: 'Task' }, Task: aTask() })
    expect(await machines.stop('machine:1', 'run')).toBe('stopped')
    expect(await machines.stop('machine:1', 'run')).toBe('gone')
    await clock.advance(DAY)
    expect(calls).toEqual([])
    expect(execution()).toMatchObject({ status: 'stopped', endedAt: START })
  })

  it('lets a task that is running finish, and does nothing with its result', async () => {
    let finish = () => {}
    const { machines, calls, activity, execution, errors } = aMachineWorld({
      work: () => new Promise((resolve) => (finish = () => resolve(1))),
    })
    const { machine } = await machines.publish('machine', aMachine({ A: aTask({ Next: 'B' }), B: aTask() }))
    await machines.start({ machine, name: 'run', input: {} })
    expect(calls).toHaveLength(1)
    expect(await machines.stop(machine, 'run')).toBe('stopped')
    finish()
    await activity.whenIdle()
    expect(calls).toHaveLength(1)
    expect(execution()).toMatchObject({ status: 'stopped' })
    expect(errors).toEqual([])
  })
})

describe('resume', () => {
  const waiting = {
    Ask: aTokenTask({
      TimeoutSeconds: '{% 2 * 86400 %}',
      Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }],
      Output: '{% $states.result %}',
    }),
    Late: { Type: 'Succeed', Output: 'late' },
  }

  it('ends the state with the output given', async () => {
    const { machines, calls, execution, run, activity } = aMachineWorld()
    expect(await run(waiting)).toMatchObject({ status: 'running', state: 'Ask', wakeAt: START + 2 * DAY })
    expect(await machines.resume(tokenIn(calls[0]), { output: { touchpoint: 't-1' } })).toBe('resumed')
    await activity.whenIdle()
    expect(execution()).toMatchObject({ status: 'succeeded', output: { touchpoint: 't-1' } })
  })

  it('answers gone from the second time on, and for a token that never was', async () => {
    const { machines, calls, run } = aMachineWorld()
    await run(waiting)
    const token = tokenIn(calls[0])
    const answers = await Promise.all([1, 2].map((output) => machines.resume(token, { output })))
    expect(answers).toEqual(['resumed', 'gone'])
    expect(await machines.resume(token, { output: 3 })).toBe('gone')
    expect(await machines.resume('no-such-token', { output: 3 })).toBe('gone')
  })

  it('is too late when the time is over', async () => {
    const { machines, clock, calls, execution, run } = aMachineWorld()
    await run(waiting)
    await clock.advance(2 * DAY)
    expect(await machines.resume(tokenIn(calls[0]), { output: 1 })).toBe('gone')
    expect(execution()).toMatchObject({ status: 'succeeded', output: 'late', endedAt: START + 2 * DAY })
  })

  it('may come before the function has returned', async () => {
    const world = aMachineWorld({
      work: async (payload) => {
        expect(await world.machines.resume(tokenIn(payload), { output: 'early' })).toBe('resumed')
        return 'ignored'
      },
    })
    expect(await world.run(waiting)).toMatchObject({ status: 'succeeded', output: 'early' })
  })

  it('holds when the function fails after it', async () => {
    const world = aMachineWorld({
      work: async (payload) => {
        await world.machines.resume(tokenIn(payload), { output: 'early' })
        throw anError('Unavailable')
      },
    })
    expect(await world.run(waiting)).toMatchObject({ status: 'succeeded', output: 'early' })
  })

  it('fails the state with the error given', async () => {
    const { machines, calls, execution, run } = aMachineWorld()
    await run(waiting)
    await machines.resume(tokenIn(calls[0]), { error: 'Paused', cause: 'by ops' })
    expect(execution()).toMatchObject({ status: 'failed', error: 'Paused', cause: 'by ops' })
  })

  it('refuses an output above 256 KiB and leaves the token as it is', async () => {
    const { machines, calls, run } = aMachineWorld()
    await run(waiting)
    const token = tokenIn(calls[0])
    await expect(machines.resume(token, { output: 'x'.repeat(262_143) })).rejects.toMatchObject({
      code: 'machines.payload-too-large',
    })
    expect(await machines.resume(token, { output: 'x'.repeat(262_142) })).toBe('resumed')
  })

  it('takes only the token of the last attempt', async () => {
    const retrying = aTokenTask({
      Arguments: {
        FunctionName: 'work',
        Payload: { token: '{% $states.context.Task.Token %}', retry: '{% $states.context.State.RetryCount %}' },
      },
      Retry: [{ ErrorEquals: ['Unavailable'], IntervalSeconds: 10 }],
      Output: '{% $states.result %}',
    })
    const { machines, clock, calls, execution, run } = aMachineWorld({
      work: (_payload, call) => {
        if (call === 1) throw anError('Unavailable')
        return null
      },
    })
    await run({ Ask: retrying })
    expect(await machines.resume(tokenIn(calls[0]), { output: 'first' })).toBe('gone')
    await clock.advance(10 * SECOND)
    expect(calls).toMatchObject([{ retry: 0 }, { retry: 1 }])
    expect(tokenIn(calls[1])).not.toBe(tokenIn(calls[0]))
    expect(await machines.resume(tokenIn(calls[0]), { output: 'first' })).toBe('gone')
    expect(await machines.resume(tokenIn(calls[1]), { output: 'second' })).toBe('resumed')
    expect(execution()).toMatchObject({ status: 'succeeded', output: 'second' })
  })
})
