import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'
import type { Table } from '../../world/table.ts'
import { nextTurn, reserveTurns } from './pace.ts'

const START = Date.parse('2026-03-10T10:00:00Z')
const HOURLY = { entries: 60, per: 3_600_000 }

/** The same store as another process sees it, whose memory is its own. */
function anotherProcess(table: Table): Table {
  return {
    get: (key) => table.get(key),
    getMany: (keys) => table.getMany(keys),
    query: (query) => table.query(query),
    queryIndex: (query) => table.queryIndex(query),
    scan: (options) => table.scan(options),
    write: (operations) => table.write(operations),
  }
}

async function world() {
  const { table } = (await aStage()).system.world
  let now = START
  return {
    table,
    clock: { now: () => now },
    passes: (minutes: number) => {
      now += minutes * 60_000
    },
  }
}

const minutes = (turns: readonly (number | undefined)[]): readonly number[] =>
  turns.map((turn) => Math.round(((turn ?? START) - START) / 60_000))

describe('the turns of a journey whose pace is limited', () => {
  it('come one after the other, the first at once', async () => {
    const made = await world()
    const turns = await Promise.all(Array.from({ length: 5 }, () => nextTurn(made, 'news', HOURLY)))
    expect(turns[0]).toBeUndefined()
    expect(minutes(turns)).toEqual([0, 1, 2, 3, 4])
  })

  it('are those of one journey', async () => {
    const made = await world()
    await nextTurn(made, 'news', HOURLY)
    expect(await nextTurn(made, 'other', HOURLY)).toBeUndefined()
  })

  it('are given to one only, whichever process asks, and never too fast', async () => {
    const made = await world()
    const processes = [1, 2, 3].map(() => ({ ...made, table: anotherProcess(made.table) }))
    const asked = Array.from({ length: 60 }, (_, n) => nextTurn(processes[n % 3] ?? made, 'news', HOURLY))
    const turns = minutes(await Promise.all(asked))
    expect(new Set(turns).size).toBe(60)
    // What a process has reserved and not given away is lost.
    expect(Math.max(...turns)).toBeLessThan(60 + 2 * 64)
  })

  it('are reserved by fewer and fewer writes the faster they go', async () => {
    const made = await world()
    let writes = 0
    const table: Table = {
      ...anotherProcess(made.table),
      write: (operations) => {
        writes += 1
        return made.table.write(operations)
      },
    }
    await Promise.all(Array.from({ length: 1_000 }, () => nextTurn({ ...made, table }, 'news', HOURLY)))
    expect(writes).toBeLessThan(30)
  })

  it('that nobody took are not made up for', async () => {
    const made = await world()
    for (let n = 0; n < 3; n++) await nextTurn(made, 'news', HOURLY)
    made.passes(30)
    expect(minutes([await nextTurn(made, 'news', HOURLY)])).toEqual([0])
    expect(minutes([await nextTurn(made, 'news', HOURLY)])).toEqual([31])
  })

  it('may be reserved for many at once', async () => {
    const made = await world()
    expect(await reserveTurns(made, 'news', HOURLY, 60)).toBe(START)
    expect(await reserveTurns(made, 'news', HOURLY, 60)).toBe(START + 3_600_000)
  })
})
