import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Bounds } from '#shared/journeys/check/bounds-of.ts'
import { DAY, HOUR } from '#shared/time/duration.ts'
import { boundsText } from './bounds-text.ts'

const BOUNDS: Bounds = {
  inAll: 3,
  perDay: 2,
  byChannel: { email: { inAll: 3, perDay: 2 }, sms: { inAll: 1, perDay: 1 } },
  runs: 'once',
  trail: [],
  longest: 4 * DAY + HOUR,
  events: 90,
}

describe('boundsText', () => {
  it('says in a line for each journey what holds for every path', () => {
    const silent: Bounds = { ...BOUNDS, inAll: 0, perDay: 0, byChannel: {}, runs: 'one for each key', longest: 90_000 }
    expect(stripVTControlCharacters(boundsText({ welcome: BOUNDS, tag: silent })).split('\n')).toEqual([
      '  welcome  at most 3 messages (email 3, sms 1), 2 in a day; over within 5 days; once',
      '  tag      no messages, over within 1 minute 30 seconds; one for each key, side by side',
    ])
  })
})
