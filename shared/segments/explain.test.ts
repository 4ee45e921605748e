import { describe, expect, it } from 'vitest'
import { aCondition, aTouchpoint, NOON, someFacts } from '#test/builders/conditions.ts'
import { explain } from './explain.ts'

describe('explain', () => {
  it('says of every line whether it held and what was seen', () => {
    const condition = aCondition(`
- { trait: points, at least: 50 }
- { trait: plan, is: pro }
- any:
    - { did: order.completed, at least: 3 times }
    - { message: hello, was: clicked }
- none: [{ in segment: loyal }]
`)
    const facts = someFacts({
      traits: { points: 40 },
      timeline: { 'order.completed': [aTouchpoint(), aTouchpoint(), aTouchpoint(), aTouchpoint()] },
      messages: () => [{ state: 'sent', at: NOON }],
    })
    expect(explain(condition, facts)).toEqual({
      line: 'all of these',
      held: false,
      parts: [
        { line: 'her points is at least 50', held: false, seen: 40 },
        { line: 'her plan is pro', held: false },
        {
          line: 'at least one of these',
          held: true,
          parts: [
            { line: 'order.completed happened at least 3 times', held: true, seen: 4 },
            { line: 'message hello was clicked in this run', held: false, seen: ['sent'] },
          ],
        },
        { line: 'none of these', held: true, parts: [{ line: 'she is in segment loyal', held: false }] },
      ],
    })
  })

  it('shows the share that a bucket drew for her', () => {
    expect(explain(aCondition('bucket: 100%'), someFacts())).toEqual({
      line: 'she is in a random 100% of customers',
      held: true,
      seen: expect.any(Number),
    })
  })

  it('looks at the touchpoint in view', () => {
    const touchpoint = aTouchpoint({ channel: 'store', properties: { total: 5 } })
    expect(explain(aCondition('{ property: total, more than: 5 }'), someFacts(), touchpoint)).toEqual({
      line: "the touchpoint's total is more than 5",
      held: false,
      seen: 5,
    })
  })
})
