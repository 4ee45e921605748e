import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  aMachineWorld,
  anError,
  aTask,
  aTokenTask,
  DAY,
  SECOND,
  START,
  tokenIn,
  type Work,
} from '#test/builders/machine-world.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'machines-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A process over the one file; `end` leaves everything as it is at that moment. */
function aProcess({ now = START, ...options }: { now?: number; work?: Work; concurrency?: number } = {}) {
  const world = aMachineWorld({ path: join(folder, 'world.db'), realNow: () => now, ...options })
  return { ...world, end: () => world.database.close() }
}

/** A function that does not come back before `finish`; `begun` resolves when it was called. */
function aHangingTask() {
  const call = Promise.withResolvers<void>()
  const end = Promise.withResolvers<null>()
  const work: Work = () => {
    call.resolve()
    return end.promise
  }
  return { work, begun: call.promise, finish: () => end.resolve(null) }
}

describe('after a restart', () => {
  it('a wait goes on to its time', async () => {
    const before = aProcess()
    await before.run({ Wait: { Type: 'Wait', Seconds: 86_400, Next: 'Work' }, Work: aTask() })
    before.end()

    const after = aProcess({ now: START + DAY - 1 })
    after.machines.recover()
    await after.activity.whenIdle()
    expect(after.execution()).toMatchObject({ status: 'running', state: 'Wait' })
    await after.clock.advance(1)
    expect(after.calls).toHaveLength(1)
    expect(after.execution()).toMatchObject({ status: 'succeeded', endedAt: START + DAY })
    after.end()
  })

  it('what fell due meanwhile happens at once, in order of its time', async () => {
    const before = aProcess()
    const wait = { Type: 'Wait', Seconds: '{% $states.input.seconds %}', Next: 'Work' }
    const work = aTask({ Arguments: { FunctionName: 'work', Payload: '{% $states.input.seconds %}' } })
    const token = aTokenTask({ TimeoutSeconds: 45, Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }] })
    const late = aTask({ Arguments: { FunctionName: 'work', Payload: 'timed out' } })
    const waiting = await before.machines.publish('waiting', {
      QueryLanguage: 'JSONata',
      StartAt: 'Wait',
      States: { Wait: wait, Work: work },
    })
    await before.run({ Ask: token, Late: late })
    for (const seconds of [60, 30, 90])
      await before.machines.start({ machine: waiting.machine, name: `after-${seconds}`, input: { seconds } })
    before.end()

    const after = aProcess({ now: START + DAY, concurrency: 1 })
    after.machines.recover()
    await after.activity.whenIdle()
    expect(after.calls).toEqual([30, 'timed out', 60, 90])
    after.end()
  })

  it('a token still ends its state, and its function is not called again', async () => {
    const before = aProcess()
    await before.run({ Ask: aTokenTask({ Output: '{% $states.result %}', Next: 'Work' }), Work: aTask() })
    const token = tokenIn(before.calls[0])
    before.end()

    const after = aProcess()
    after.machines.recover()
    await after.activity.whenIdle()
    expect(after.calls).toEqual([])
    expect(await after.machines.resume(token, { output: 'here' })).toBe('resumed')
    await after.activity.whenIdle()
    expect(after.execution()).toMatchObject({ status: 'succeeded' })
    expect(await after.machines.resume(token, { output: 'again' })).toBe('gone')
    after.end()
  })

  it('a resume that was answered has happened', async () => {
    const before = aProcess()
    await before.run({ Ask: aTokenTask({ Output: '{% $states.result %}' }) })
    await before.machines.resume(tokenIn(before.calls[0]), { output: 'here' })
    before.end()
    const after = aProcess()
    expect(after.execution()).toMatchObject({ status: 'succeeded', output: 'here' })
    after.end()
  })

  it('a task that was running runs again when nothing retries service errors', async () => {
    const { work, begun } = aHangingTask()
    const before = aProcess({ work })
    const retry = [{ ErrorEquals: ['Conflict'] }]
    void before.run({ Work: aTask({ Retry: retry, Output: '{% $states.result.Payload %}' }) })
    await begun
    before.end()

    const after = aProcess({ work: () => 'done' })
    after.machines.recover()
    await after.activity.whenIdle()
    expect(after.execution()).toMatchObject({ status: 'succeeded', output: 'done', endedAt: START })
    after.end()
  })

  it('a task that was running counts as a service error where those are retried', async () => {
    const { work, begun } = aHangingTask()
    const before = aProcess({ work })
    const Retry = [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 20, MaxAttempts: 1 }]
    const Payload = '{% $states.context.State.RetryCount %}'
    void before.run({ Work: aTask({ Retry, Arguments: { FunctionName: 'work', Payload } }) })
    await begun
    before.end()

    const retried = aHangingTask()
    const after = aProcess({ work: retried.work })
    after.machines.recover()
    await after.activity.whenIdle()
    expect(after.execution()).toMatchObject({ status: 'running', wakeAt: START + 20 * SECOND })
    void after.clock.advance(20 * SECOND)
    await retried.begun
    expect(after.calls).toEqual([1])
    after.end()

    const last = aProcess({ now: START + 20 * SECOND })
    last.machines.recover()
    await last.activity.whenIdle()
    expect(last.execution()).toMatchObject({ status: 'failed', error: 'Lambda.ServiceException' })
    last.end()
  })

  it('the token that a killed function may have stored still counts', async () => {
    const { work, begun } = aHangingTask()
    const before = aProcess({ work })
    void before.run({ Ask: aTokenTask({ Output: '{% $states.result %}' }) })
    await begun
    before.end()

    const after = aProcess()
    after.machines.recover()
    await after.activity.whenIdle()
    expect(after.calls).toEqual(before.calls)
    expect(await after.machines.resume(tokenIn(before.calls[0]), { output: 'kept' })).toBe('resumed')
    expect(after.execution()).toMatchObject({ output: 'kept' })
    after.end()
  })

  it('a task whose time ran out meanwhile has timed out', async () => {
    const { work, begun } = aHangingTask()
    const before = aProcess({ work })
    void before.run({ Work: aTask({ TimeoutSeconds: 10 }) })
    await begun
    before.end()

    const after = aProcess({ now: START + 10 * SECOND })
    after.machines.recover()
    await after.activity.whenIdle()
    expect(after.calls).toEqual([])
    expect(after.execution()).toMatchObject({ status: 'failed', error: 'States.Timeout' })
    after.end()
  })

  it('a task that comes back after its database was closed is logged, and no more', async () => {
    const { work, begun, finish } = aHangingTask()
    const before = aProcess({ work })
    const running = before.run({ Work: aTask() })
    await begun
    before.end()
    finish()
    await running.catch(() => {})
    expect(before.errors).toEqual([expect.stringContaining('An execution cannot go on before the next start')])
  })
})

describe('a process that ends during its n-th call', () => {
  const states = {
    First: aTask({ Assign: { trail: '{% [$states.result.Payload] %}' }, Next: 'Wait' }),
    Wait: { Type: 'Wait', Seconds: 60, Next: 'Ask' },
    Ask: aTokenTask({
      Arguments: { FunctionName: 'work', Payload: { token: '{% $states.context.Task.Token %}' } },
      Assign: { trail: '{% $append($trail, $states.result) %}' },
      Next: 'Flaky',
    }),
    Flaky: aTask({
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 5 }],
      Arguments: { FunctionName: 'work', Payload: { retry: '{% $states.context.State.RetryCount %}' } },
      Assign: { trail: '{% $append($trail, $states.result.Payload) %}' },
      Next: 'Last',
    }),
    Last: aTask({ Output: '{% $append($trail, $states.result.Payload) %}' }),
  }

  /** Ends the `n`-th process at its `n`-th call, and so on with the next one. */
  function workOf(resume: (token: string) => void, hangAt: number, hung: () => void): Work {
    return (payload, call) => {
      if (call === hangAt) {
        hung()
        return new Promise(() => {})
      }
      const { token, retry } = (payload ?? {}) as { readonly token?: string; readonly retry?: number }
      if (token !== undefined) resume(token)
      if (retry === 0) throw anError('Unavailable')
      return token === undefined ? 'done' : null
    }
  }

  it.each([1, 2, 3, 4, 5])('leaves the end the same (n = %i)', async (n) => {
    const stuck = Promise.withResolvers<void>()
    const before: ReturnType<typeof aProcess> = aProcess({
      work: workOf((token) => void before.machines.resume(token, { output: 'answer' }), n, stuck.resolve),
    })
    void before.run(states).then(() => before.clock.advance(DAY))
    await stuck.promise
    const now = before.clock.now()
    before.end()

    const after: ReturnType<typeof aProcess> = aProcess({
      now,
      work: workOf(
        (token) => void after.machines.resume(token, { output: 'answer' }),
        0,
        () => {},
      ),
    })
    after.machines.recover()
    await after.clock.advance(DAY)
    expect(after.execution()).toMatchObject({ status: 'succeeded', output: ['done', 'answer', 'done', 'done'] })
    expect(after.errors).toEqual([])
    after.end()
  })
})
