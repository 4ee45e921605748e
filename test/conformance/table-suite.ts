import { afterAll, beforeAll, describe } from 'vitest'
import type { Table } from '#shared/world/table.ts'
import type { Clock } from '#shared/world/world.ts'
import { describeLimits } from './table-limits.ts'
import { describeQueries } from './table-queries.ts'
import { describeRows } from './table-rows.ts'
import type { TableStage } from './table-stage.ts'
import { describeWrites } from './table-writes.ts'

export interface OpenTable {
  readonly table: Table
  close?(): Promise<void> | void
}

/** Far in the future, so that no store removes by its own clock what the tests let expire by theirs. */
const BEGIN = Date.parse('2090-01-01T00:00:00Z')

/** What every table promises, whatever is behind the door. @param open takes the clock by which rows expire. */
export function tableConformance(name: string, open: (clock: Clock) => Promise<OpenTable>): void {
  describe(`${name} is a Table: it`, () => {
    let now = BEGIN
    let opened: OpenTable | undefined
    const clock: Clock = { now: () => now }
    const stage: TableStage = {
      get table() {
        if (opened === undefined) throw new Error('The table is not open.')
        return opened.table
      },
      clock,
      advance: (milliseconds) => {
        now += milliseconds
      },
    }
    beforeAll(async () => {
      opened = await open(clock)
    })
    afterAll(() => opened?.close?.())
    describeRows(stage)
    describeWrites(stage)
    describeQueries(stage)
    describeLimits(stage)
  })
}
