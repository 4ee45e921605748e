import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Json } from '#shared/world/table.ts'
import {
  aMachine,
  aMachineWorld,
  aTask,
  aTokenTask,
  DAY,
  SECOND,
  START,
  tokenIn,
} from '#test/builders/machine-world.ts'

const WAIT_AND_WORK = aMachine({
  Wait: { Type: 'Wait', Seconds: '{% $states.input.seconds %}', Next: 'Work' },
  Work: aTask({ Arguments: { FunctionName: 'work', Payload: '{% $states.input %}' } }),
})

describe('nextWakeAt', () => {
  it('is the earliest of all waits, and undefined when nothing waits', async () => {
    const { machines, clock } = aMachineWorld()
    expect(machines.nextWakeAt()).toBeUndefined()
    const { machine } = await machines.publish('machine', WAIT_AND_WORK)
    for (const seconds of [50, 20, 70]) await machines.start({ machine, name: `after-${seconds}`, input: { seconds } })
    expect(machines.nextWakeAt()).toBe(START + 20 * SECOND)
    await clock.advance(20 * SECOND)
    expect(machines.nextWakeAt()).toBe(START + 50 * SECOND)
    await machines.stop(machine, 'after-50')
    expect(machines.nextWakeAt()).toBe(START + 70 * SECOND)
  })

  it('leaves out what is being woken, so that nobody is woken twice', async () => {
    const { machines, activity, calls } = aMachineWorld()
    const { machine } = await machines.publish('machine', WAIT_AND_WORK)
    await machines.start({ machine, name: 'run', input: { seconds: 5 } })
    machines.wake(START + 5 * SECOND)
    expect(machines.nextWakeAt()).toBeUndefined()
    machines.wake(START + 5 * SECOND)
    await activity.whenIdle()
    expect(calls).toHaveLength(1)
  })

  it('knows a wait that was made while the clock was set back', async () => {
    const { machines, activity, calls } = aMachineWorld()
    const { machine } = await machines.publish('machine', WAIT_AND_WORK)
    machines.wake(START + DAY)
    await machines.start({ machine, name: 'run', input: { seconds: 5 } })
    expect(machines.nextWakeAt()).toBe(START + 5 * SECOND)
    machines.wake(START + 5 * SECOND)
    await activity.whenIdle()
    expect(calls).toHaveLength(1)
  })

  it('looks into an index only, however many wait', async () => {
    const { database, machines, run } = aMachineWorld()
    await run({ Wait: { Type: 'Wait', Seconds: 60, End: true } })
    const asked: string[] = []
    const statement = database.statement.bind(database)
    database.statement = (sql) => {
      asked.push(sql)
      return statement(sql)
    }
    expect(machines.nextWakeAt()).toBe(START + 60 * SECOND)
    expect(asked).toHaveLength(1)
    expect(statement(`EXPLAIN QUERY PLAN ${asked[0]}`).all(0)).toMatchObject([
      { detail: expect.stringContaining('USING COVERING INDEX executions_due') },
    ])
  })
})

describe('wake', () => {
  it('is counted by the activity before it returns', async () => {
    const { machines, activity } = aMachineWorld()
    const { machine } = await machines.publish('machine', WAIT_AND_WORK)
    await machines.start({ machine, name: 'run', input: { seconds: 5 } })
    await activity.whenIdle()
    machines.wake(START + 5 * SECOND)
    expect(activity.running).toBe(1)
    await activity.whenIdle()
    expect(activity.running).toBe(0)
  })

  it('moves no more executions at once than allowed', async () => {
    let most = 0
    let running = 0
    const { machines, clock } = aMachineWorld({
      concurrency: 3,
      work: async () => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 1))
        running -= 1
        return null
      },
    })
    const { machine } = await machines.publish('machine', WAIT_AND_WORK)
    for (let at = 0; at < 12; at += 1) await machines.start({ machine, name: `e-${at}`, input: { seconds: 5 } })
    await clock.advance(5 * SECOND)
    expect(most).toBe(3)
    expect(machines.counts()).toMatchObject({ succeeded: 12 })
  })

  const SOME_WAITS = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 20 })

  /** Starts waits of so many seconds; `woken` tells which have ended and after how many seconds. */
  async function waiting(waits: readonly number[], concurrency: number) {
    const woken: { readonly seconds: number; readonly at: number }[] = []
    const world = aMachineWorld({
      concurrency,
      work: (payload: Json) => {
        woken.push({ ...(payload as { seconds: number }), at: (world.clock.now() - START) / SECOND })
        return null
      },
    })
    const { machine } = await world.machines.publish('machine', WAIT_AND_WORK)
    for (const [at, seconds] of waits.entries())
      await world.machines.start({ machine, name: `e-${at}`, input: { seconds } })
    return { ...world, woken }
  }

  it('happens at the time of each wait when the clock is stepped', async () => {
    await fc.assert(
      fc.asyncProperty(SOME_WAITS, async (waits) => {
        const { clock, woken } = await waiting(waits, 64)
        await clock.advance(60 * SECOND)
        expect(woken).toEqual(waits.toSorted((a, b) => a - b).map((seconds) => ({ seconds, at: seconds })))
      }),
      { numRuns: 30 },
    )
  })

  it('takes in order of their times what is due all at once', async () => {
    await fc.assert(
      fc.asyncProperty(SOME_WAITS, async (waits) => {
        const { machines, activity, woken } = await waiting(waits, 1)
        machines.wake(START + 60 * SECOND)
        await activity.whenIdle()
        expect(woken.map(({ seconds }) => seconds)).toEqual(waits.toSorted((a, b) => a - b))
      }),
      { numRuns: 30 },
    )
  })
})

describe('a clock that runs', () => {
  it('is told of a wait that ends before the others', async () => {
    const { machines, clock } = aMachineWorld({ realNow: Date.now })
    const { machine } = await machines.publish(
      'machine',
      aMachine({
        Wait: { Type: 'Wait', Timestamp: '{% $fromMillis($millis() + $states.input) %}', End: true },
      }),
    )
    clock.start()
    for (const wait of [100_000, 40, 20]) await machines.start({ machine, name: `after-${wait}`, input: wait })
    await vi.waitFor(() => expect(machines.counts()).toMatchObject({ running: 1, succeeded: 2 }))
    clock.stop()
  })
})

describe('activity', () => {
  it('does not count what waits for a time or a token', async () => {
    const { machines, activity, calls } = aMachineWorld()
    const asking = await machines.publish(
      'asking',
      aMachine({ Ask: aTokenTask({ Next: 'Wait' }), Wait: { Type: 'Wait', Seconds: 60, End: true } }),
    )
    await machines.start({ machine: asking.machine, name: 'run', input: null })
    await activity.whenIdle()
    expect(activity.running).toBe(0)
    expect(machines.execution('asking', 'run')).toMatchObject({ state: 'Ask' })
    await machines.resume(tokenIn(calls[0]), { output: null })
    expect(activity.running).toBe(0)
    expect(machines.execution('asking', 'run')).toMatchObject({ state: 'Wait' })
  })

  it('has no gap between one task and the next', async () => {
    const gaps: number[] = []
    const world = aMachineWorld({
      work: async () => {
        await new Promise((resolve) => setImmediate(resolve))
        return null
      },
    })
    const tasks = Object.fromEntries(
      Array.from({ length: 5 }, (_, at) => [`T${at}`, aTask(at < 4 ? { Next: `T${at + 1}` } : {})]),
    )
    const { machine } = await world.machines.publish('machine', aMachine(tasks))
    const started = world.machines.start({ machine, name: 'run', input: null })
    const end = world.activity.end.bind(world.activity)
    world.activity.end = () => {
      end()
      if (world.activity.running === 0) gaps.push(world.calls.length)
    }
    await started
    await world.activity.whenIdle()
    expect(gaps).toEqual([5])
  })
})
