import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '#shared/world/feed.ts'
import type { Table, Write } from '#shared/world/table.ts'
import { aPartition } from './table-stage.ts'

export interface OpenFeed {
  readonly table: Table
  /** All changes so far, as a reader from the beginning gets them. */
  changes(): Promise<readonly Change[]>
  close?(): Promise<void> | void
}

/** What every feed promises of the changes of its table, whose rows expire by the machine's clock. */
export function feedConformance(name: string, open: () => Promise<OpenFeed>): void {
  describe(`${name} is a Feed: it`, () => {
    let opened: OpenFeed
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close?.())

    const write = (...operations: readonly Write[]) => opened.table.write(operations)
    /** What was before and after each change of a partition. */
    async function historyOf(pk: string) {
      const changes = (await opened.changes()).filter((change) => change.pk === pk)
      return changes.map(({ sequence: _, pk: _pk, ...change }) => change)
    }

    it('shows a row as it was before and after each change', async () => {
      const key = { pk: aPartition(), sk: 'T#1' }
      await write({ put: { ...key, version: 1, nested: { list: ['Åse'] } } })
      await write({ put: { ...key, version: 2 } })
      await write({ set: key, attributes: { value: 'x', version: null } })
      await write({ add: key, amounts: { count: 3 } })
      await write({ remove: key })
      const states = [
        { ...key, version: 1, nested: { list: ['Åse'] } },
        { ...key, version: 2 },
        { ...key, value: 'x' },
        { ...key, value: 'x', count: 3 },
      ]
      expect(await historyOf(key.pk)).toEqual([
        { sk: 'T#1', after: states[0] },
        { sk: 'T#1', before: states[0], after: states[1] },
        { sk: 'T#1', before: states[1], after: states[2] },
        { sk: 'T#1', before: states[2], after: states[3] },
        { sk: 'T#1', before: states[3] },
      ])
    })

    it('shows nothing of what changed nothing', async () => {
      const key = { pk: aPartition(), sk: 'T#1' }
      await write({ remove: key })
      await write({ put: key, when: 'present' })
      await write({ put: { ...key, sk: 'T#2' } }, { check: key, when: 'present' })
      await write({ check: key, when: 'absent' })
      const tooLarge = { set: key, attributes: { text: 'x'.repeat(401 * 1_024) } }
      await expect(write({ put: { ...key, sk: 'T#3' } }, tooLarge)).rejects.toMatchObject({ name: 'InvalidInput' })
      expect(await historyOf(key.pk)).toEqual([])
    })

    it('keeps the order of the changes of a partition', async () => {
      const pk = aPartition()
      for (let n = 0; n < 30; n++) await write({ put: { pk, sk: `T#${n % 3}`, n } })
      expect((await historyOf(pk)).map(({ after }) => after?.n)).toEqual(Array.from({ length: 30 }, (_, n) => n))
    })

    it('numbers the changes of a partition upwards, so that a repeat is known', async () => {
      const pk = aPartition()
      for (let n = 0; n < 30; n++) await write({ put: { pk, sk: 'T#1', n } })
      const sequences = (await opened.changes())
        .filter((change) => change.pk === pk)
        .map(({ sequence }) => BigInt(sequence))
      expect(sequences).toEqual(sequences.toSorted((a, b) => (a < b ? -1 : 1)))
      expect(new Set(sequences).size).toBe(30)
    })

    it('takes a row that had expired for absent', async () => {
      const pk = aPartition()
      const expiresAt = Math.floor(Date.now() / 1_000) - 10
      for (const sk of ['T#put', 'T#removed', 'T#set']) await write({ put: { pk, sk, old: true, expiresAt } })
      await write({ put: { pk, sk: 'T#put', n: 1 } })
      await write({ remove: { pk, sk: 'T#removed' } })
      await write({ set: { pk, sk: 'T#set' }, attributes: { n: 2 } })
      expect((await historyOf(pk)).slice(3)).toEqual([
        { sk: 'T#put', after: { pk, sk: 'T#put', n: 1 } },
        { sk: 'T#set', after: { pk, sk: 'T#set', n: 2 } },
      ])
    })
  })
}
