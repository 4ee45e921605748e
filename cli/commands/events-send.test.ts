import { describe, expect, it } from 'vitest'
import { parseEvents } from './events-send.ts'

describe('parseEvents', () => {
  it.each([
    ['{"type":"order.completed"}', [{ type: 'order.completed' }]],
    ['[{"type":"a.b"},{"type":"c.d"}]', [{ type: 'a.b' }, { type: 'c.d' }]],
    ['{"events":[{"type":"a.b"}]}', [{ type: 'a.b' }]],
    ['{"type":"a.b","events":"none"}', [{ type: 'a.b', events: 'none' }]],
    ['[]', []],
  ])('finds in %s the events', (text, events) => {
    expect(parseEvents(text, 'events.json')).toEqual(events)
  })

  it('names the file that is no JSON', () => {
    expect(() => parseEvents('{', 'orders.json')).toThrow(/^orders\.json is not JSON: /)
    expect(() => parseEvents('{', '-')).toThrow(/^The input is not JSON: /)
  })
})
