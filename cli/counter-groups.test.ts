import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { counterGroups, counterText } from './counter-groups.ts'

describe('counterGroups', () => {
  it('adds days up and puts the most frequent first', () => {
    const groups = counterGroups([
      { day: '2026-11-20', counters: { touchpoints: 3, 'touchpoints.app': 1, 'touchpoints.store': 2 } },
      { day: '2026-11-21', counters: { touchpoints: 4, 'touchpoints.app': 4 } },
    ])
    expect(groups).toEqual([
      {
        title: 'Touchpoints by channel',
        total: 7,
        rows: [
          ['app', 5],
          ['store', 2],
        ],
      },
    ])
  })

  it('adds up a group that has no counter of its own', () => {
    const counters = { 'ended.welcome.completed': 2, 'ended.welcome.not interested': 1 }
    expect(counterGroups([{ day: '2026-11-21', counters }])).toMatchObject([{ title: 'Journeys ended', total: 3 }])
  })

  it('keeps counters that it does not know, at the end', () => {
    const counters = { 'webhooks.failed': 1, sent: 2 }
    expect(counterGroups([{ day: '2026-11-21', counters }]).map(({ title }) => title)).toEqual([
      'Messages sent by channel',
      'webhooks',
    ])
  })

  it('makes nothing of nothing', () => {
    expect(counterGroups([])).toEqual([])
  })
})

describe('counterText', () => {
  it('aligns the numbers of all groups', () => {
    const text = counterText([
      { title: 'Customers', total: 120, rows: [['created', 120]] },
      { title: 'Not sent', total: 3, rows: [['no-consent', 3]] },
    ])
    expect(stripVTControlCharacters(text)).toBe(
      ['Customers     120', '  created     120', '', 'Not sent        3', '  no-consent    3'].join('\n'),
    )
  })
})
