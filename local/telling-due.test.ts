import { describe, expect, it } from 'vitest'
import type { Write } from '#shared/world/table.ts'
import { ChangeLog } from './change-log.ts'
import { Database } from './database.ts'
import { LocalTable } from './table.ts'
import { tellingDue } from './telling-due.ts'

const AT = '2026-03-10T10:00:00.000Z'
const key = { pk: 'C#ada', sk: 'R' }

async function toldOf(...operations: readonly Write[]): Promise<readonly number[]> {
  const told: number[] = []
  const database = new Database(':memory:')
  const table = new LocalTable(database, new ChangeLog(database, []), () => 0)
  await tellingDue(table, (at) => told.push(at)).write(operations)
  database.close()
  return told
}

describe('tellingDue', () => {
  it('tells of what falls due, whether a row is put or set', async () => {
    expect(await toldOf({ put: { ...key, ipk: 'DUE#7', isk: AT } })).toEqual([Date.parse(AT)])
    expect(await toldOf({ set: key, attributes: { ipk: 'DUE#7', isk: AT } })).toEqual([Date.parse(AT)])
  })

  it('tells nothing of other rows, and of a write that came to nothing', async () => {
    expect(await toldOf({ put: { ...key, ipk: 'G#lapsed#7', isk: AT } }, { remove: { pk: 'a', sk: 'b' } })).toEqual([])
    expect(await toldOf({ set: key, attributes: { ipk: null, isk: null } })).toEqual([])
    expect(await toldOf({ put: { ...key, ipk: 'DUE#7', isk: AT }, when: 'present' })).toEqual([])
  })
})
