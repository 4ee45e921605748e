import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Table } from '#shared/world/table.ts'
import type { Clock } from '#shared/world/world.ts'

/** What the parts of the suite work with; every test takes partitions of its own, so all may share one table. */
export interface TableStage {
  readonly table: Table
  readonly clock: Clock
  advance(milliseconds: number): void
}

/** A partition that no other test writes to. */
export function aPartition(): string {
  return `P#${randomUUID()}`
}

/** Commits, or fails the test. */
export async function store({ table }: TableStage, ...operations: Parameters<Table['write']>[0]): Promise<void> {
  expect(await table.write(operations)).toEqual({ committed: true })
}
