import { describe, expect, it, vi } from 'vitest'
import type { Item, RangeQuery } from '#shared/world/table.ts'
import { aPartition, store, type TableStage } from './table-stage.ts'

const KEYS = ['A', 'E#1', 'E#2', 'T#01', 'T#02', 'T#03', 'T#04', 'U#1']

/** Queries over these keys, and what they find. */
const RANGES: readonly (readonly [query: Omit<RangeQuery, 'pk'>, found: readonly string[]])[] = [
  [{}, KEYS],
  [{ order: 'descending' }, KEYS.toReversed()],
  [{ prefix: 'T#' }, ['T#01', 'T#02', 'T#03', 'T#04']],
  [{ prefix: 'T#', order: 'descending' }, ['T#04', 'T#03', 'T#02', 'T#01']],
  [{ prefix: 'T#02' }, ['T#02']],
  [{ prefix: 'X' }, []],
  [{ from: 'E#2' }, ['E#2', 'T#01', 'T#02', 'T#03', 'T#04', 'U#1']],
  [{ to: 'E#2' }, ['A', 'E#1', 'E#2']],
  [{ from: 'E#1', to: 'T#01' }, ['E#1', 'E#2', 'T#01']],
  [{ from: 'E#1a', to: 'T#009' }, ['E#2']],
  [{ from: 'T#03', to: 'T#03' }, ['T#03']],
  [{ from: 'T#03', to: 'T#02' }, []],
  [{ prefix: 'T#', from: 'T#02' }, ['T#02', 'T#03', 'T#04']],
  [{ prefix: 'T#', from: 'A' }, ['T#01', 'T#02', 'T#03', 'T#04']],
  [{ prefix: 'T#', from: 'U' }, []],
  [{ prefix: 'T#', to: 'T#02' }, ['T#01', 'T#02']],
  [{ prefix: 'T#', to: 'Z' }, ['T#01', 'T#02', 'T#03', 'T#04']],
  [{ prefix: 'T#', to: 'A' }, []],
  [{ prefix: 'T#', from: 'T#02', to: 'T#03', order: 'descending' }, ['T#03', 'T#02']],
  [{ prefix: 'T#', limit: 2 }, ['T#01', 'T#02']],
  [{ prefix: 'T#', limit: 2, order: 'descending' }, ['T#04', 'T#03']],
]

type Read = (query: RangeQuery) => Promise<{ readonly items: readonly Item[]; readonly cursor?: string }>

/** All pages, as the sort keys of each. */
async function pagesOf(read: Read, query: RangeQuery): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | undefined
  do {
    const page = await read({ ...query, ...(cursor === undefined ? {} : { cursor }) })
    pages.push(page.items.map(({ sk }) => sk))
    cursor = page.cursor
  } while (cursor !== undefined && pages.length < 100)
  return pages
}

export function describeQueries(stage: TableStage): void {
  const query: Read = (asked) => stage.table.query(asked)
  const queryIndex: Read = (asked) => stage.table.queryIndex(asked)

  async function somePartition(keys: readonly string[] = KEYS): Promise<string> {
    const pk = aPartition()
    await store(stage, ...keys.map((sk) => ({ put: { pk, sk } })))
    return pk
  }

  describe('query', () => {
    it.each(RANGES)('finds by %j: %j', async (range, found) => {
      const pk = await somePartition()
      await store(stage, { put: { pk: `${pk}#`, sk: 'T#01' } })
      expect((await query({ pk, ...range })).items.map(({ sk }) => sk)).toEqual(found)
    })

    it('orders by the bytes of UTF-8', async () => {
      const ordered = ['!', 'A', 'a', 'z', 'é', '中', '\u{fffd}', '𝒳', '😀']
      const pk = await somePartition(ordered.toReversed())
      expect((await query({ pk })).items.map(({ sk }) => sk)).toEqual(ordered)
      expect((await query({ pk, from: '\u{fffd}' })).items.map(({ sk }) => sk)).toEqual(['\u{fffd}', '𝒳', '😀'])
      expect((await query({ pk, prefix: '😀', from: '\u{fffd}' })).items.map(({ sk }) => sk)).toEqual(['😀'])
    })

    it.each(['ascending', 'descending'] as const)('comes page by page, %s, each row once', async (order) => {
      const pk = await somePartition()
      const expected = order === 'ascending' ? KEYS : KEYS.toReversed()
      for (const limit of [1, 3, 4, 7]) {
        const pages = await pagesOf(query, { pk, order, limit })
        expect(pages.flat()).toEqual(expected)
        expect(pages).toHaveLength(Math.ceil(KEYS.length / limit))
      }
    })

    it('keeps the bounds from page to page', async () => {
      const pk = await somePartition()
      expect(await pagesOf(query, { pk, prefix: 'T#', from: 'T#02', limit: 2 })).toEqual([['T#02', 'T#03'], ['T#04']])
      expect(await pagesOf(query, { pk, to: 'E#2', order: 'descending', limit: 2 })).toEqual([['E#2', 'E#1'], ['A']])
    })

    it('goes on behind a row that has been removed meanwhile', async () => {
      const pk = await somePartition()
      const { cursor } = await query({ pk, limit: 2 })
      await store(stage, { remove: { pk, sk: 'E#1' } })
      expect((await query({ pk, limit: 2, cursor: cursor as string })).items.map(({ sk }) => sk)).toEqual([
        'E#2',
        'T#01',
      ])
    })

    it('gives 100 rows when it is not told how many', async () => {
      const keys = Array.from({ length: 101 }, (_, at) => String(at).padStart(3, '0'))
      const pk = await somePartition(keys.slice(0, 100))
      await store(stage, { put: { pk, sk: '100' } })
      expect((await pagesOf(query, { pk })).map(({ length }) => length)).toEqual([100, 1])
    })

    it('sees at once what was committed', async () => {
      const pk = aPartition()
      for (let at = 0; at < 20; at++) {
        await store(stage, { put: { pk, sk: String(at).padStart(2, '0') } })
        expect((await query({ pk })).items).toHaveLength(at + 1)
      }
    })
  })

  describe('the sparse index', () => {
    /** The index may be stale for a moment. */
    const eventually = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 5_000 })
    const found = async (asked: RangeQuery) => (await pagesOf(queryIndex, asked)).flat()

    it('holds the rows that have both of its keys', async () => {
      const [pk, ipk] = [aPartition(), aPartition()]
      const rows = [
        { pk, sk: 'both', ipk, isk: '2' },
        { pk, sk: 'none' },
        { pk, sk: 'first only', ipk },
        { pk, sk: 'second only', isk: '1' },
        { pk, sk: 'elsewhere', ipk: `${ipk}#`, isk: '1' },
        { pk: `${pk}#`, sk: 'other partition', ipk, isk: '1' },
      ]
      await store(stage, ...rows.map((put) => ({ put })))
      await eventually(async () => expect(await found({ pk: ipk })).toEqual(['other partition', 'both']))
      expect((await queryIndex({ pk: ipk })).items.at(-1)).toEqual(rows[0])
    })

    it('follows rows as they come, move and go', async () => {
      const [pk, ipk] = [aPartition(), aPartition()]
      const key = { pk, sk: 'R' }
      await store(stage, { put: key })
      await store(stage, { set: key, attributes: { ipk, isk: 'a' } })
      await eventually(async () => expect(await found({ pk: ipk, to: 'a' })).toEqual(['R']))
      await store(stage, { set: key, attributes: { isk: 'b' } })
      await eventually(async () => expect(await found({ pk: ipk, to: 'a' })).toEqual([]))
      await eventually(async () => expect(await found({ pk: ipk })).toEqual(['R']))
      await store(stage, { set: key, attributes: { ipk: null, isk: null } })
      await eventually(async () => expect(await found({ pk: ipk })).toEqual([]))
      await store(stage, { put: { ...key, ipk, isk: 'c' } })
      await eventually(async () => expect(await found({ pk: ipk })).toEqual(['R']))
      await store(stage, { remove: key })
      await eventually(async () => expect(await found({ pk: ipk })).toEqual([]))
    })

    it.each(RANGES)('is ranged over by %j: %j', async (range, sorts) => {
      const [pk, ipk] = [aPartition(), aPartition()]
      await store(stage, ...KEYS.map((isk, at) => ({ put: { pk, sk: `R${at}`, ipk, isk } })))
      await eventually(async () =>
        expect((await queryIndex({ pk: ipk, ...range })).items.map(({ isk }) => isk)).toEqual(sorts),
      )
    })

    it.each(['ascending', 'descending'] as const)(
      'comes page by page, %s, also where sort keys are equal',
      async (order) => {
        const [pk, ipk] = [aPartition(), aPartition()]
        const rows = Array.from({ length: 12 }, (_, at) => ({
          pk: `${pk}#${at % 2}`,
          sk: `R${at}`,
          ipk,
          isk: at < 9 ? 'same' : 'zzz',
        }))
        await store(stage, ...rows.map((put) => ({ put })))
        for (const limit of [1, 2, 5, 12])
          await eventually(async () => {
            const pages = await pagesOf(queryIndex, { pk: ipk, order, limit })
            expect(pages.flat().toSorted()).toEqual(rows.map(({ sk }) => sk).toSorted())
            expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true)
          })
      },
    )
  })
}
