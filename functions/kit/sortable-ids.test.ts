import { describe, expect, it } from 'vitest'
import { sortableIds } from './sortable-ids.ts'

describe('sortableIds', () => {
  it('gives 22 characters that are safe in keys, names and tags', () => {
    expect(sortableIds(() => Date.UTC(2026, 10, 21)).next()).toMatch(/^[0-9a-z]{22}$/)
  })

  it('never gives the same one twice', () => {
    const ids = sortableIds(() => 0)
    expect(new Set(Array.from({ length: 10_000 }, () => ids.next())).size).toBe(10_000)
  })

  it.each([
    [0, 1],
    [Date.UTC(2026, 10, 21, 12, 0, 0, 31), Date.UTC(2026, 10, 21, 12, 0, 0, 32)],
    [Date.UTC(1999, 0, 1), Date.UTC(2999, 0, 1)],
  ])('sorts by the time it was made: %i before %i', (earlier, later) => {
    const [one, other] = [earlier, later].map((now) => sortableIds(() => now).next())
    expect(one! < other!).toBe(true)
  })
})
