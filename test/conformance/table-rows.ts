import { describe, expect, it } from 'vitest'
import { aPartition, store, type TableStage } from './table-stage.ts'

const UNICODE = [
  'plain',
  'Åse Ünïcødé',
  '中文 kana かな',
  '👩‍👩‍👧 and 𝒳',
  'quote " and \\ and \n newline',
  '#/%_*?',
  'e\u0301 is not é',
]

export function describeRows(stage: TableStage): void {
  describe('rows', () => {
    it('keeps a row as JSON', async () => {
      const row = {
        ...{ pk: aPartition(), sk: 'R', version: 3 },
        ...{ text: '', yes: true, no: false, none: null, whole: -12, part: 0.25, large: 1_790_000_000_000 },
        ...{ list: [1, 'two', [3], { four: null }, []], nested: { a: { b: { c: [{}] } } } },
      }
      await store(stage, { put: row })
      expect(await stage.table.get({ pk: row.pk, sk: 'R' })).toEqual(row)
    })

    it('has nothing at a key that was never written', async () => {
      expect(await stage.table.get({ pk: aPartition(), sk: 'R' })).toBeUndefined()
    })

    it('leaves out what is undefined', async () => {
      const pk = aPartition()
      await store(stage, { put: { pk, sk: 'R', there: 1, gone: undefined, nested: { gone: undefined } } })
      expect(Object.keys((await stage.table.get({ pk, sk: 'R' })) ?? {}).sort()).toEqual([
        'nested',
        'pk',
        'sk',
        'there',
      ])
    })

    it.each(UNICODE)('keeps %j as a partition, a sort key and a value', async (text) => {
      const row = { pk: `${aPartition()}#${text}`, sk: text, value: text, [`name ${text}`]: 1 }
      await store(stage, { put: row })
      expect(await stage.table.get({ pk: row.pk, sk: text })).toEqual(row)
      expect((await stage.table.query({ pk: row.pk, prefix: text })).items).toEqual([row])
    })

    it('takes and gives copies', async () => {
      const pk = aPartition()
      const row = { pk, sk: 'R', list: ['as written'] }
      await store(stage, { put: row })
      row.list.push('changed later')
      const read = (await stage.table.get(row)) as unknown as typeof row
      read.list.push('changed by the reader')
      expect(await stage.table.get(row)).toEqual({ pk, sk: 'R', list: ['as written'] })
    })

    it('takes its copies when it is called', async () => {
      const pk = aPartition()
      const put = { pk, sk: 'put', list: ['as written'] }
      const attributes = { list: ['as written'] }
      const writing = stage.table.write([{ put }, { set: { pk, sk: 'set' }, attributes }])
      put.list.push('changed meanwhile')
      attributes.list.push('changed meanwhile')
      await writing
      expect((await stage.table.query({ pk })).items.map(({ list }) => list)).toEqual([['as written'], ['as written']])
    })

    it('gives many rows in the order of their keys, and undefined where there is none', async () => {
      const pk = aPartition()
      await store(stage, { put: { pk, sk: 'a', value: 1 } }, { put: { pk, sk: 'b', value: 2 } })
      const keys = ['b', 'none', 'a', 'nor here'].map((sk) => ({ pk, sk }))
      const rows = await stage.table.getMany(keys)
      expect(rows).toEqual([{ pk, sk: 'b', value: 2 }, undefined, { pk, sk: 'a', value: 1 }, undefined])
      expect(await stage.table.getMany([])).toEqual([])
    })

    it('gives all rows in a scan, each once, over as many pages as it takes', async () => {
      const pk = aPartition()
      const rows = Array.from({ length: 30 }, (_, at) => ({ pk: `${pk}#${at % 3}`, sk: `S${at}` }))
      await store(stage, ...rows.map((put) => ({ put })))
      const found: string[] = []
      let cursor: string | undefined
      do {
        const page = await stage.table.scan({ limit: 50, ...(cursor === undefined ? {} : { cursor }) })
        found.push(...page.items.filter((item) => item.pk.startsWith(pk)).map(({ sk }) => sk))
        cursor = page.cursor
      } while (cursor !== undefined)
      expect(found.toSorted()).toEqual(rows.map(({ sk }) => sk).toSorted())
    })
  })

  describe('expiry', () => {
    const seconds = () => Math.floor(stage.clock.now() / 1_000)

    it('lets a row read as absent from its second on, everywhere', async () => {
      const pk = aPartition()
      const row = { pk, sk: 'R', ipk: `${pk}#index`, isk: 'i', expiresAt: seconds() + 10 }
      await store(stage, { put: row })
      stage.advance(9_000)
      expect(await stage.table.get(row)).toEqual(row)
      stage.advance(1_000)
      expect(await stage.table.get(row)).toBeUndefined()
      expect(await stage.table.getMany([row])).toEqual([undefined])
      expect((await stage.table.query({ pk })).items).toEqual([])
      expect((await stage.table.queryIndex({ pk: row.ipk })).items).toEqual([])
    })

    it('goes on over expired rows from page to page', async () => {
      const pk = aPartition()
      const rows = ['a', 'b', 'c', 'd'].map((sk) => ({
        pk,
        sk,
        ...(sk === 'b' || sk === 'c' ? { expiresAt: seconds() } : {}),
      }))
      await store(stage, ...rows.map((put) => ({ put })))
      const first = await stage.table.query({ pk, limit: 3 })
      expect(first.items.map(({ sk }) => sk)).toEqual(['a'])
      const rest = await stage.table.query({ pk, limit: 3, cursor: first.cursor as string })
      expect(rest).toEqual({ items: [{ pk, sk: 'd' }] })
    })

    it('lets conditions take an expired row for absent', async () => {
      const pk = aPartition()
      const key = { pk, sk: 'R' }
      const expired = { put: { ...key, version: 1, state: 'old', expiresAt: seconds() } }
      await store(stage, expired)
      for (const when of ['present', { versionIs: 1 }, { attributeIs: ['state', 'old'] }] as const)
        expect(await stage.table.write([{ check: key, when }])).toEqual({ committed: false, failed: [0] })
      await store(stage, { check: key, when: 'absent' })
      await store(stage, { put: { ...key, state: 'new' }, when: 'absent' })
      expect(await stage.table.get(key)).toEqual({ ...key, state: 'new' })
    })

    it('begins anew where a set or an addition meets an expired row', async () => {
      const pk = aPartition()
      const rows = ['set', 'guarded', 'add'].map((sk) => ({ put: { pk, sk, old: 5, count: 5, expiresAt: seconds() } }))
      await store(stage, ...rows)
      await store(stage, { set: { pk, sk: 'set' }, attributes: { value: 1 } })
      await store(stage, { set: { pk, sk: 'guarded' }, attributes: { value: 1 }, when: 'absent' })
      await store(stage, { add: { pk, sk: 'add' }, amounts: { count: 2 } })
      expect((await stage.table.query({ pk })).items).toEqual([
        { pk, sk: 'add', count: 2 },
        { pk, sk: 'guarded', value: 1 },
        { pk, sk: 'set', value: 1 },
      ])
    })
  })
}
