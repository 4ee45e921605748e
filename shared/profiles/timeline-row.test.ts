import { describe, expect, it } from 'vitest'
import { aTouchpoint, NOON } from '#test/builders/a-touchpoint.ts'
import { momentIn, readTimelineItem, timelineItem, timelineKey, untimedItem, untimedKey } from './timeline-row.ts'

const touchpoint = aTouchpoint({
  id: 'a#b#c',
  type: 'order.completed',
  channel: 'store',
  properties: { total: 5 },
  traits: { plan: 'pro' },
  device: { id: 'till' },
  causedBy: 'e1',
})

describe('a row of the timeline', () => {
  it('gives back what stood in the touchpoint, whatever its id', () => {
    expect(readTimelineItem(timelineItem('cus_ada', touchpoint, { moment: 3, identity: 'created' }))).toEqual({
      id: 'a#b#c',
      type: 'order.completed',
      occurredAt: NOON,
      recordedAt: NOON,
      channel: 'store',
      direction: 'in',
      properties: { total: 5 },
      traits: { plan: 'pro' },
      device: 'till',
      causedBy: 'e1',
      source: 'test',
      moment: 3,
      identity: 'created',
    })
  })

  it('stands in the order of its time', () => {
    const keys = [1_000, 0, 999, 60_000].map(
      (after) => timelineKey('cus_ada', { id: 'x', occurredAt: NOON + after }).sk,
    )
    expect(keys.toSorted()).toEqual([keys[1], keys[2], keys[0], keys[3]])
  })

  it('expires with its type', () => {
    const kept = (type: string) => Number(timelineItem('cus_ada', { ...touchpoint, type }, { moment: 1 }).expiresAt)
    expect(kept('order.completed') - kept('page.viewed')).toBe((1_825 - 90) * 86_400)
  })
})

describe('untimedItem', () => {
  it('remembers an id for thirty days', () => {
    const item = untimedItem(untimedKey('cus_ada', 'x'), touchpoint)
    expect(item).toEqual({ pk: 'C#cus_ada', sk: 'X#x', expiresAt: NOON / 1_000 + 30 * 86_400 })
  })
})

describe('momentIn', () => {
  it('tells the touchpoints of one commit apart, after the version before and before the one that it makes', () => {
    const moments = Array.from({ length: 16 }, (_, place) => momentIn(7, place))
    expect(moments).toEqual([...new Set(moments)].toSorted((a, b) => a - b))
    expect(Math.min(...moments)).toBeGreaterThan(6)
    expect(Math.max(...moments)).toBeLessThan(7)
  })
})
