import { describe, expect, it } from 'vitest'
import type { Condition, Item, Key, Write } from '#shared/world/table.ts'
import { aPartition, store, type TableStage } from './table-stage.ts'

const ROW = { version: 2, state: 'sent', count: 1, done: true }

/** Each condition, the attributes of the row it is about (none: there is no row), and whether it holds. */
const CONDITIONS: readonly (readonly [condition: Condition, row: object | undefined, holds: boolean])[] = [
  ['absent', undefined, true],
  ['absent', ROW, false],
  ['present', undefined, false],
  ['present', ROW, true],
  [{ versionIs: 2 }, ROW, true],
  [{ versionIs: 1 }, ROW, false],
  [{ versionIs: 2 }, undefined, false],
  [{ versionIs: 2 }, { version: undefined }, false],
  [{ attributeIs: ['state', 'sent'] }, ROW, true],
  [{ attributeIs: ['state', 'Sent'] }, ROW, false],
  [{ attributeIs: ['count', 1] }, ROW, true],
  [{ attributeIs: ['count', '1'] }, ROW, false],
  [{ attributeIs: ['done', true] }, ROW, true],
  [{ attributeIs: ['missing', 'x'] }, ROW, false],
  [{ attributeIs: ['state', 'sent'] }, undefined, false],
]

/** Each operation that takes a condition, on a row. */
const OPERATIONS: readonly (readonly [name: string, operation: (key: Key, when: Condition) => Write])[] = [
  ['put', (key, when) => ({ put: { ...key, written: true }, when })],
  ['set', (key, when) => ({ set: key, attributes: { written: true }, when })],
  ['remove', (key, when) => ({ remove: key, when })],
  ['check', (key, when) => ({ check: key, when })],
]

const CASES = OPERATIONS.flatMap(([name, operation]) =>
  CONDITIONS.map(([condition, row, holds]) => ({ name, operation, condition, row, holds })),
)

export function describeWrites(stage: TableStage): void {
  const rowsOf = async (pk: string): Promise<readonly Item[]> => (await stage.table.query({ pk })).items

  describe('one operation', () => {
    it('puts a whole row in the place of another', async () => {
      const pk = aPartition()
      await store(stage, { put: { pk, sk: 'R', old: 1, both: 1 } })
      await store(stage, { put: { pk, sk: 'R', both: 2 } })
      expect(await rowsOf(pk)).toEqual([{ pk, sk: 'R', both: 2 }])
    })

    it('removes a row, and takes it lightly when there is none', async () => {
      const pk = aPartition()
      await store(stage, { put: { pk, sk: 'R' } })
      await store(stage, { remove: { pk, sk: 'R' } })
      await store(stage, { remove: { pk, sk: 'R' } })
      expect(await rowsOf(pk)).toEqual([])
    })

    it('sets attributes, removes those set to null, and leaves the others', async () => {
      const pk = aPartition()
      await store(stage, { put: { pk, sk: 'R', kept: 1, changed: 1, removed: 1 } })
      await store(stage, {
        set: { pk, sk: 'R' },
        attributes: { changed: { to: [2] }, removed: null, never: null, added: 'x' },
      })
      expect(await rowsOf(pk)).toEqual([{ pk, sk: 'R', kept: 1, changed: { to: [2] }, added: 'x' }])
    })

    it('sets attributes with any name', async () => {
      const pk = aPartition()
      const attributes = { name: 1, 'with space': 2, '#odd:name.with[0]': 3, size: 4, ünïcode: 5 }
      await store(stage, { set: { pk, sk: 'R' }, attributes })
      expect(await rowsOf(pk)).toEqual([{ pk, sk: 'R', ...attributes }])
    })

    it('makes the row that it sets attributes of, where nothing forbids it', async () => {
      const pk = aPartition()
      await store(stage, { set: { pk, sk: 'R' }, attributes: { value: 1 } })
      await store(stage, { set: { pk, sk: 'bare' }, attributes: { value: null } })
      expect(await rowsOf(pk)).toEqual([
        { pk, sk: 'R', value: 1 },
        { pk, sk: 'bare' },
      ])
    })

    it('adds to numbers, which begin at 0', async () => {
      const pk = aPartition()
      await store(stage, { add: { pk, sk: 'R' }, amounts: { a: 2, b: -3 } })
      await store(stage, { add: { pk, sk: 'R' }, amounts: { a: 5, c: 1 } })
      expect(await rowsOf(pk)).toEqual([{ pk, sk: 'R', a: 7, b: -3, c: 1 }])
    })

    it('loses no addition of many at once', async () => {
      const pk = aPartition()
      const additions = Array.from({ length: 10 }, () => store(stage, { add: { pk, sk: 'R' }, amounts: { count: 1 } }))
      await Promise.all(additions)
      expect(await rowsOf(pk)).toEqual([{ pk, sk: 'R', count: 10 }])
    })

    it('commits a write of nothing', async () => {
      await store(stage)
    })
  })

  describe('conditions', () => {
    it.each(CASES)(
      'lets $name happen where $condition meets $row: $holds',
      async ({ operation, condition, row, holds }) => {
        const key = { pk: aPartition(), sk: 'R' }
        if (row !== undefined) await store(stage, { put: { ...key, ...row } })
        const before = await stage.table.get(key)
        const write = operation(key, condition)
        expect(await stage.table.write([write])).toEqual(
          holds ? { committed: true } : { committed: false, failed: [0] },
        )
        const after = await stage.table.get(key)
        if (!holds || 'check' in write) expect(after).toEqual(before)
        else if ('remove' in write) expect(after).toBeUndefined()
        else expect(after).toMatchObject({ written: true })
      },
    )
  })

  describe('several operations', () => {
    it('are done all together', async () => {
      const pk = aPartition()
      await store(
        stage,
        { put: { pk, sk: 'removed' } },
        { put: { pk, sk: 'set', version: 1 } },
        { put: { pk, sk: 'there' } },
      )
      await store(
        stage,
        { put: { pk, sk: 'put' }, when: 'absent' },
        { remove: { pk, sk: 'removed' }, when: 'present' },
        { set: { pk, sk: 'set' }, attributes: { version: 2 }, when: { versionIs: 1 } },
        { add: { pk, sk: 'add' }, amounts: { count: 1 } },
        { check: { pk, sk: 'there' }, when: 'present' },
      )
      expect((await rowsOf(pk)).map(({ sk }) => sk)).toEqual(['add', 'put', 'set', 'there'])
    })

    it('are not done at all when one condition fails, and all that fail are named by their place', async () => {
      const pk = aPartition()
      const rows = [
        { pk, sk: 'a', version: 1 },
        { pk, sk: 'b', version: 1 },
      ]
      await store(stage, ...rows.map((put) => ({ put })))
      const result = await stage.table.write([
        { put: { pk, sk: 'new' }, when: 'absent' },
        { put: { pk, sk: 'a', version: 2 }, when: { versionIs: 7 } },
        { set: { pk, sk: 'b' }, attributes: { version: 2 }, when: { versionIs: 1 } },
        { add: { pk, sk: 'count' }, amounts: { count: 1 } },
        { check: { pk, sk: 'none' }, when: 'present' },
        { remove: { pk, sk: 'b2' } },
      ])
      expect(result).toEqual({ committed: false, failed: [1, 4] })
      expect(await rowsOf(pk)).toEqual(rows)
    })

    it('reach over partitions', async () => {
      const [one, other] = [aPartition(), aPartition()]
      await store(stage, { put: { pk: one, sk: 'R' } })
      const put = { put: { pk: other, sk: 'R' } }
      expect(await stage.table.write([put, { check: { pk: one, sk: 'R' }, when: 'absent' }])).toEqual({
        committed: false,
        failed: [1],
      })
      expect(await rowsOf(other)).toEqual([])
    })
  })

  it('lets one of two writers win who have read the same version', async () => {
    const key = { pk: aPartition(), sk: 'R' }
    await store(stage, { put: { ...key, version: 1 } })
    const attempts = await Promise.allSettled(
      ['one', 'other'].map((by) =>
        stage.table.write([
          { put: { ...key, version: 2, by }, when: { versionIs: 1 } },
          { put: { pk: key.pk, sk: by } },
        ]),
      ),
    )
    const winners = attempts.map((attempt) => attempt.status === 'fulfilled' && attempt.value.committed)
    expect(winners.filter((won) => won)).toHaveLength(1)
    const by = winners[0] ? 'one' : 'other'
    expect((await rowsOf(key.pk)).toSorted((a, b) => a.sk.length - b.sk.length)).toEqual([
      { ...key, version: 2, by },
      { pk: key.pk, sk: by },
    ])
  })
}
