import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'
import type { Json } from '../world/table.ts'
import { DATE_SHARDS, dateIn, datePage, dateWrites } from './date-rows.ts'
import { newProfile, type Profile } from './profile.ts'

const profile = (traits: Readonly<Record<string, Json>>, id = 'ada'): Profile => ({
  ...newProfile(id, 0),
  traits: Object.fromEntries(Object.entries(traits).map(([name, value]) => [name, [value, 1]])),
})

describe('a date', () => {
  it.each([
    ['2000-02-29', '2000-02-29'],
    ['2026-05-01T18:00:00Z', '2026-05-01'],
    ['2026-05-01 18:00', '2026-05-01'],
    ['2026-02-29', undefined],
    ['2026-05-01x', undefined],
    ['1 May', undefined],
    [20_260_501, undefined],
    [null, undefined],
  ])('in %j is %s', (value, date) => {
    expect(dateIn(value)).toBe(date)
  })
})

describe('the rows of her dates', () => {
  it('are written when a date is new or another, removed when it goes, and left when it stays', () => {
    const before = profile({ birthday: '2000-02-29', visitOn: '2026-05-01', stays: '2026-01-01', plan: 'pro' })
    const after = profile({
      birthday: '2000-03-01',
      visitOn: 'never',
      stays: '2026-01-01',
      plan: 'free',
      new: '2026-06-06',
    })
    expect(dateWrites(undefined, before)).toHaveLength(3)
    expect(dateWrites(before, before)).toEqual([])
    expect(dateWrites(before, after).map((write) => ('put' in write ? write.put.isk : 'removed'))).toEqual([
      '03-01#2000',
      'removed',
      '06-06#2026',
    ])
  })

  it('are found by their day of any year, and of one', async () => {
    const { system } = await aStage()
    const { table } = system.world
    const people = { ada: '1990-05-01', bo: '2026-05-01', cy: '2026-05-02' }
    for (const [id, birthday] of Object.entries(people))
      await table.write(dateWrites(undefined, profile({ birthday }, id)))
    const found = async (day: string): Promise<readonly string[]> => {
      const shards = Array.from({ length: DATE_SHARDS }, (_, shard) =>
        datePage(table, { trait: 'birthday', day }, shard, undefined, 10),
      )
      return (await Promise.all(shards)).flatMap(({ customers }) => customers).toSorted()
    }
    expect(await found('05-01')).toEqual(['ada', 'bo'])
    expect(await found('2026-05-01')).toEqual(['bo'])
    expect(await found('05-03')).toEqual([])
  })
})
