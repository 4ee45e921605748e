import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'
import type { Item, Table } from '../world/table.ts'
import { beginJob, type Job, jobKey, jobProgress, type PageWork, workJob } from './job.ts'

const NOW = Date.parse('2026-03-10T10:00:00Z')
const LATER = NOW + 10 * 60_000

const job = (shards = 1): Job => ({ kind: 'count', name: 'one', input: { by: 10 }, shards, dueAt: NOW })

/** Counts to `last` in pages of ten, and remembers every number that it came to. */
function counter(last: number): { readonly seen: number[]; readonly count: PageWork } {
  const seen: number[] = []
  return {
    seen,
    count: async ({ cursor = '0' }) => {
      const from = Number(cursor)
      const to = Math.min(from + 10, last)
      for (let n = from; n < to; n++) seen.push(n)
      return { handled: to - from, ...(to < last ? { cursor: String(to) } : {}) }
    },
  }
}

async function begun(shards = 1) {
  const { system } = await aStage()
  const { table } = system.world
  await table.write(beginJob(job(shards)))
  let now = NOW
  const world = { table, clock: { now: () => now } }
  const row = async (shard = 0): Promise<Item> => {
    const found = await table.get(jobKey(job(), shard))
    if (found === undefined) throw new Error('The row is gone.')
    return found
  }
  return {
    table,
    row,
    world,
    passes: (milliseconds: number) => {
      now += milliseconds
    },
    stop: () => system.stop(),
  }
}

const numbers = (last: number): readonly number[] => Array.from({ length: last }, (_, n) => n)

describe('a job', () => {
  it('is worked page after page, and done once', async () => {
    const { world, row } = await begun()
    const { seen, count } = counter(35)
    await workJob(world, await row(), { count }, LATER)
    expect(seen).toEqual(numbers(35))
    expect(await row()).toMatchObject({ state: 'done', handled: 35 })
    expect((await row()).isk).toBeUndefined()
    await workJob(world, await row(), { count }, LATER)
    expect(seen).toHaveLength(35)
  })

  it('is not begun again, also when it is done', async () => {
    const { table, world, row } = await begun()
    const { count } = counter(5)
    expect(await table.write(beginJob(job()))).toMatchObject({ committed: false })
    await workJob(world, await row(), { count }, LATER)
    expect(await table.write(beginJob(job()))).toMatchObject({ committed: false })
  })

  it('begins no further page when its time is over, and goes on from there', async () => {
    const { world, row } = await begun()
    const { seen, count } = counter(25)
    await workJob(world, await row(), { count }, NOW)
    expect(seen).toEqual(numbers(10))
    expect((await row()).isk).toBe(new Date(NOW).toISOString())
    await workJob(world, await row(), { count }, LATER)
    expect(seen).toEqual(numbers(25))
  })

  it('waits as long as a page says', async () => {
    const { world, row } = await begun()
    const wait: PageWork = async () => ({ handled: 0, cursor: 'later', notBefore: LATER })
    await workJob(world, await row(), { count: wait }, LATER)
    expect(await row()).toMatchObject({ cursor: 'later', isk: new Date(LATER).toISOString() })
  })

  it('whose page fails is tried again after the lease, from the same place', async () => {
    const { world, row, passes } = await begun()
    const { seen, count } = counter(30)
    const fails: PageWork = async (shard) => {
      if (shard.cursor === '10') throw new Error('The page is torn.')
      return count(shard)
    }
    await expect(workJob(world, await row(), { count: fails }, LATER)).rejects.toThrow('torn')
    expect((await row()).isk).toBe(new Date(NOW + 120_000).toISOString())
    passes(120_000)
    await workJob(world, await row(), { count }, LATER)
    expect(seen).toEqual(numbers(30))
  })

  it('that nobody here works on says so', async () => {
    const { world, row } = await begun()
    await expect(workJob(world, await row(), {}, LATER)).rejects.toMatchObject({ code: 'job.unknown-kind' })
  })

  it('tells how far it is', async () => {
    const { world, row, table } = await begun(3)
    const { count } = counter(25)
    expect(await jobProgress(world, { ...job(), shards: 3 })).toEqual({ handled: 0, shardsDone: 0, shards: 3 })
    await workJob(world, await row(0), { count }, LATER)
    await workJob(world, await row(1), { count }, NOW)
    expect(await jobProgress(world, { ...job(), shards: 3 })).toEqual({ handled: 35, shardsDone: 1, shards: 3 })
    expect(await jobProgress({ table }, { ...job(), name: 'never', shards: 3 })).toBeUndefined()
  })
})

describe('two workers', () => {
  it('of one shard do each page once: the slower finds it taken', async () => {
    const { world, row } = await begun()
    const { seen, count } = counter(45)
    const item = await row()
    await Promise.all([workJob(world, item, { count }, LATER), workJob(world, item, { count }, LATER)])
    expect(seen).toEqual(numbers(45))
  })

  it('leave no page out when one is slower than its lease, and the slow one stops', async () => {
    const { world, row, passes } = await begun()
    const { seen, count } = counter(40)
    const gate = Promise.withResolvers<void>()
    const reached = Promise.withResolvers<void>()
    const slow: PageWork = async (shard) => {
      reached.resolve()
      await gate.promise
      return count(shard)
    }
    const first = workJob(world, await row(), { count: slow }, LATER)
    await reached.promise
    passes(120_000)
    await workJob(world, await row(), { count }, LATER)
    gate.resolve()
    await first
    expect(new Set(seen)).toEqual(new Set(numbers(40)))
    // Only the page that both had begun was done twice.
    expect(seen).toHaveLength(50)
    expect(await row()).toMatchObject({ state: 'done', handled: 40 })
  })
})

describe('a worker that dies at any write', () => {
  it('is followed by one that leaves no page out and does none twice but the one under way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 9 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 60 }),
        async (deaths, last) => {
          const { world, row, passes, stop } = await begun()
          const { seen, count } = counter(last)
          for (const death of deaths) {
            const dying = { ...world, table: tableThatDies(world.table, death) }
            await workJob(dying, await row(), { count }, world.clock.now() + 1).catch(() => {})
            passes(120_000)
          }
          await workJob(world, await row(), { count }, world.clock.now() + 1)
          expect([...new Set(seen)]).toEqual(numbers(last))
          expect(await row()).toMatchObject({ state: 'done', handled: last })
          expect(seen.length - last).toBeLessThanOrEqual(10 * deaths.length)
          await stop()
        },
      ),
      { numRuns: 40 },
    )
  })
})

/** The n-th write, from 0, and all after it are not made. */
function tableThatDies(table: Table, n: number): Table {
  let writes = 0
  return {
    get: (key) => table.get(key),
    getMany: (keys) => table.getMany(keys),
    query: (query) => table.query(query),
    queryIndex: (query) => table.queryIndex(query),
    scan: (options) => table.scan(options),
    write: async (operations) => {
      if (writes++ >= n) throw new Error('The process died.')
      return table.write(operations)
    },
  }
}
