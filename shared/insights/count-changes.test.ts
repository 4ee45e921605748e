import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'
import { aTouchpoint } from '#test/builders/a-touchpoint.ts'
import { timelineItem } from '../profiles/timeline-row.ts'
import type { Change } from '../world/feed.ts'
import { countChanges } from './count-changes.ts'
import { countersBetween } from './read-counters.ts'

const NOON = Date.parse('2026-11-21T12:00:00Z')

/** Pages viewed, one a change, each so many days before. */
function views(from: number, to: number, daysAgo = (_n: number) => 0): readonly Change[] {
  return Array.from({ length: to - from }, (_, index) => {
    const n = from + index
    const touchpoint = aTouchpoint({ id: `v${n}`, occurredAt: NOON - daysAgo(n) * 86_400_000 })
    const after = timelineItem('cus_ada', touchpoint, { moment: n })
    return { sequence: `${n}`.padStart(6, '0'), pk: after.pk, sk: after.sk, after }
  })
}

const aWorld = async () => (await aStage()).system.world

const total = async (world: Awaited<ReturnType<typeof aWorld>>): Promise<number> => {
  const days = await countersBetween(world, '2000-01-01', '2030-01-01')
  return days.reduce((sum, { counters }) => sum + (counters.touchpoints ?? 0), 0)
}

describe('countChanges', () => {
  it('adds up by day', async () => {
    const world = await aWorld()
    await countChanges(
      views(0, 5, (n) => n % 2),
      world,
    )
    expect(await countersBetween(world, '2026-11-01', '2026-11-30')).toEqual([
      { day: '2026-11-20', counters: { touchpoints: 2, 'touchpoints.app': 2, 'types.page.viewed': 2 } },
      { day: '2026-11-21', counters: { touchpoints: 3, 'touchpoints.app': 3, 'types.page.viewed': 3 } },
    ])
    expect(await countersBetween(world, '2026-11-21', '2026-11-21')).toHaveLength(1)
  })

  it('counts a batch once that comes again, and what is new behind it', async () => {
    const world = await aWorld()
    await countChanges(views(0, 5), world)
    await countChanges(views(0, 5), world)
    expect(await total(world)).toBe(5)
    await countChanges(views(0, 8), world)
    expect(await total(world)).toBe(8)
    await countChanges(views(0, 8), world)
    expect(await total(world)).toBe(8)
  })

  it('counts an import of years in as many writes as it takes', async () => {
    const world = await aWorld()
    await countChanges(
      views(0, 400, (n) => n),
      world,
    )
    await countChanges(
      views(0, 400, (n) => n),
      world,
    )
    expect(await total(world)).toBe(400)
  })

  it('counts nothing where nothing changed', async () => {
    const world = await aWorld()
    await countChanges([], world)
    expect(await total(world)).toBe(0)
  })
})
