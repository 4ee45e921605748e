import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Activity } from '#local/activity.ts'
import { ChangeLog } from '#local/change-log.ts'
import { ChangesReader } from '#local/changes-reader.ts'
import { LocalClock } from '#local/clock.ts'
import { Database } from '#local/database.ts'
import { LocalTable } from '#local/table.ts'
import { QUIET, START } from '#test/builders/a-system.ts'
import { feedConformance } from './feed-suite.ts'

const PREFIXES = ['T#', 'E#']

feedConformance('ChangeLog', async () => {
  const database = new Database(':memory:')
  const changes = new ChangeLog(database, PREFIXES)
  const table = new LocalTable(database, changes, Date.now)
  return { table, changes: async () => changes.since(0, 10_000), close: () => database.close() }
})

describe('ChangesReader', () => {
  let folder: string
  let batches: (readonly unknown[])[] = []
  let handle: () => Promise<void> = async () => {}
  let opened: ReturnType<typeof open>

  function open() {
    const database = new Database(join(folder, 'changes.db'))
    const activity = new Activity()
    const clock = new LocalClock({ activity, realNow: () => START })
    const changes = new ChangeLog(database, PREFIXES)
    const reader = new ChangesReader({
      changes,
      clock,
      activity,
      log: QUIET,
      name: 'a reader',
      batchSize: 4,
      handle: async (batch) => {
        batches.push(batch.map(({ after }) => after?.n))
        await handle()
      },
    })
    clock.add(reader)
    reader.start()
    return { database, activity, clock, changes, table: new LocalTable(database, changes, () => 0) }
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'changes-'))
    batches = []
    handle = async () => {}
    opened = open()
  })
  afterEach(() => {
    opened.database.close()
    rmSync(folder, { recursive: true })
  })

  async function write(...numbers: readonly number[]): Promise<void> {
    await opened.table.write(numbers.map((n) => ({ put: { pk: 'P', sk: `T#${n}`, n } })))
    await opened.activity.whenIdle()
  }
  async function reopen(): Promise<void> {
    opened.database.close()
    opened = open()
    await opened.activity.whenIdle()
  }

  it('hands over what it reads in batches, in order', async () => {
    await write(1, 2, 3, 4, 5, 6)
    await write(7)
    expect(batches).toEqual([[1, 2, 3, 4], [5, 6], [7]])
  })

  it('leaves out rows that nobody reads', async () => {
    await opened.table.write([{ put: { pk: 'P', sk: 'PROFILE', n: 1 } }, { put: { pk: 'P', sk: 'E#1', n: 2 } }])
    await opened.activity.whenIdle()
    expect(batches).toEqual([[2]])
  })

  it('goes on where it was when the process ended', async () => {
    await write(1, 2)
    await reopen()
    await write(3)
    expect(batches).toEqual([[1, 2], [3]])
  })

  it('reads after a restart what was committed and not handed over', async () => {
    handle = () => new Promise(() => {})
    await opened.table.write([{ put: { pk: 'P', sk: 'T#1', n: 1 } }])
    await new Promise((resolve) => setTimeout(resolve, 20))
    handle = async () => {}
    await reopen()
    expect(batches).toEqual([[1], [1]])
  })

  it('brings a batch again that its handler failed on, with what came since', async () => {
    handle = async () => {
      throw new Error('The store is away.')
    }
    await write(1)
    handle = async () => {}
    await write(2)
    expect(batches).toEqual([[1], [1, 2]])
  })

  it('tries a batch again by itself, later each time, until its handler takes it', async () => {
    let failures = 3
    handle = async () => {
      if (failures-- > 0) throw new Error('The store is away.')
    }
    await write(1)
    await opened.clock.advance(6_999)
    expect(batches).toHaveLength(3)
    await opened.clock.advance(1)
    expect(batches).toHaveLength(4)
    await opened.clock.advance(3_600_000)
    expect(batches).toHaveLength(4)
  })

  it('keeps no changes that all readers have passed', async () => {
    await write(1, 2, 3)
    expect(opened.changes.since(0, 100)).toEqual([])
  })
})
