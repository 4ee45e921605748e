import { describe, expect, it } from 'vitest'
import { TABLE_LIMITS, type Write } from '#shared/world/table.ts'
import { aPartition, store, type TableStage } from './table-stage.ts'

const KB = 1_024
const REFUSED = { name: 'InvalidInput' }

function puts(pk: string, count: number, attributes: object = {}): Write[] {
  return Array.from({ length: count }, (_, at) => ({ put: { pk, sk: String(at).padStart(3, '0'), ...attributes } }))
}

export function describeLimits(stage: TableStage): void {
  const write = (...operations: Write[]) => stage.table.write(operations)
  const count = async (pk: string): Promise<number> => (await stage.table.query({ pk, limit: 1_000 })).items.length

  describe('limits', () => {
    it('takes a row of just under 400 KB', async () => {
      const pk = aPartition()
      await store(stage, { put: { pk, sk: 'R', text: 'x'.repeat(399 * KB) } })
      expect((await stage.table.get({ pk, sk: 'R' }))?.text).toHaveLength(399 * KB)
    })

    it.each([
      ['letters', 'x'.repeat(400 * KB)],
      ['characters of several bytes', '中'.repeat(137 * KB)],
    ])('refuses a row above 400 KB, of %s', async (_, text) => {
      const pk = aPartition()
      await expect(write({ put: { pk, sk: 'R', text } })).rejects.toMatchObject(REFUSED)
      await expect(write({ put: { pk, sk: 'other' } }, { put: { pk, sk: 'R', text } })).rejects.toMatchObject(REFUSED)
      expect(await count(pk)).toBe(0)
    })

    it('refuses to let a row grow above 400 KB, and leaves it and everything else as it was', async () => {
      const key = { pk: aPartition(), sk: 'R' }
      await store(stage, { put: { ...key, first: 'x'.repeat(300 * KB) } })
      const growth: Write = { set: key, attributes: { second: 'x'.repeat(150 * KB) } }
      await expect(write(growth)).rejects.toMatchObject(REFUSED)
      await expect(write({ put: { pk: key.pk, sk: 'other' } }, growth)).rejects.toMatchObject(REFUSED)
      expect(await count(key.pk)).toBe(1)
      expect(Object.keys((await stage.table.get(key)) ?? {})).not.toContain('second')
    })

    it('takes 100 operations, and not one more', async () => {
      const pk = aPartition()
      await store(stage, ...puts(pk, 100))
      expect(await count(pk)).toBe(100)
      const other = aPartition()
      await expect(write(...puts(other, 101))).rejects.toMatchObject(REFUSED)
      expect(await count(other)).toBe(0)
    })

    it.each([
      ['letters', 'x'.repeat(390 * KB)],
      ['characters of several bytes', '中'.repeat(130 * KB)],
    ])('refuses a write above 4 MB in all, of %s', async (_, text) => {
      const pk = aPartition()
      await expect(write(...puts(pk, 11, { text }))).rejects.toMatchObject(REFUSED)
      expect(await count(pk)).toBe(0)
    })

    it('refuses a write that names a row twice', async () => {
      const key = { pk: aPartition(), sk: 'R' }
      await expect(write({ put: key }, { check: key, when: 'absent' })).rejects.toMatchObject(REFUSED)
      await expect(write({ set: key, attributes: {} }, { remove: key })).rejects.toMatchObject(REFUSED)
      expect(await count(key.pk)).toBe(0)
    })

    it('refuses to read more than 100 rows by their keys', async () => {
      const keys = Array.from({ length: 101 }, (_, at) => ({ pk: aPartition(), sk: String(at) }))
      expect(await stage.table.getMany(keys.slice(1))).toHaveLength(100)
      await expect(stage.table.getMany(keys)).rejects.toMatchObject(REFUSED)
    })

    it('refuses pages of more than 1,000 rows', async () => {
      const pk = aPartition()
      expect(await stage.table.query({ pk, limit: 1_000 })).toEqual({ items: [] })
      await expect(stage.table.query({ pk, limit: 1_001 })).rejects.toMatchObject(REFUSED)
      await expect(stage.table.queryIndex({ pk, limit: 1_001 })).rejects.toMatchObject(REFUSED)
    })

    it('refuses a key that is too long, counted in bytes, or empty', async () => {
      const pk = aPartition()
      const { sortKeyBytes, partitionKeyBytes } = TABLE_LIMITS
      const longest = { pk: pk.padEnd(partitionKeyBytes, 'x'), sk: 'é'.repeat(sortKeyBytes / 2) }
      await store(stage, { put: longest })
      for (const key of [
        { ...longest, sk: `${longest.sk}x` },
        { ...longest, pk: `${longest.pk}x` },
        { pk, sk: '' },
        { pk: '', sk: 'R' },
      ]) {
        await expect(write({ put: key })).rejects.toMatchObject(REFUSED)
        await expect(write({ set: key, attributes: { value: 1 } })).rejects.toMatchObject(REFUSED)
      }
    })

    it('refuses a cursor that it did not give out', async () => {
      const pk = aPartition()
      await store(stage, ...puts(pk, 3, { ipk: pk, isk: 'same' }))
      const { cursor = '' } = await stage.table.query({ pk, limit: 1 })
      for (const bad of ['nonsense', '5', '[]', '""', '{"a":1}']) {
        await expect(stage.table.query({ pk, cursor: bad })).rejects.toMatchObject(REFUSED)
        await expect(stage.table.scan({ cursor: bad })).rejects.toMatchObject(REFUSED)
      }
      await expect(stage.table.queryIndex({ pk, cursor })).rejects.toMatchObject(REFUSED)
    })
  })
}
