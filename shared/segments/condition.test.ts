import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { describeProblem, readDocument } from '#shared/documents/document.ts'
import { aCondition } from '#test/builders/conditions.ts'
import { Condition, Where } from './condition.ts'

const problems = (yaml: string, schema: z.ZodType = Condition): string[] => {
  const reading = readDocument('c.yaml', yaml, schema)
  return reading.ok ? [] : reading.problems.map(describeProblem)
}

describe('Condition', () => {
  it('reads a whole condition as plain data', () => {
    const condition = aCondition(`
all:
  - trait: plan
    is: pro
  - did: order.completed
    at least: 2 times
    in the last: 30 days
    where: { property: total, at least: 50 }
`)
    expect(condition).toEqual({
      kind: 'all',
      of: [
        { kind: 'trait', path: ['plan'], comparisons: [{ kind: 'is', wanted: 'pro' }] },
        {
          kind: 'did',
          type: 'order.completed',
          atLeast: 2,
          withinMs: 2_592_000_000,
          where: { kind: 'property', path: ['total'], comparisons: [{ kind: 'at least', wanted: 50 }] },
        },
      ],
    })
  })

  it.each<[yaml: string, problem: string]>([
    ['trait: plan\niz: pro', '2:1: iz: "iz" is not known here. Did you mean "is"?'],
    ['trate: plan\nis: pro', '1:1: trate: "trate" is not known here. Did you mean "trait"?'],
    ['did-not: order.completed', '1:1: did-not: "did-not" is not known here. Did you mean "did not"?'],
    [
      '- any:\n    - did: a.b\n      at_least: 2',
      '3:7: 0.any.0.at_least: "at_least" is not known here. Did you mean "at least"?',
    ],
    [
      'trait: x\nproperty: y\nis: z',
      '2:1: property: "trait" and "property" do not go together in one condition. Write them as two, in a list.',
    ],
    ['- { trait: x, is: { a: b } }', '1:15: 0.is: Here belongs a text, not a map.'],
    ['{ trait: a..b, is: x }', '1:3: trait: "a..b" is not a path, as in plan or order.items.0.sku.'],
    [
      '{ trait: a, same as: b }',
      '1:13: same as: "b" is not a place, as in entry.order_id, property.store, trait.plan, saved.offer or channel.',
    ],
    [
      '{ trait: a, before: 2026-02-30 }',
      '1:13: before: "2026-02-30" is not a date, as in 2026-12-24 or 2026-12-24T18:00:00Z.',
    ],
    ['{ trait: a, exists: maybe }', '1:13: exists: "maybe" is not true or false.'],
    ['{ did: a.b, at least: twice }', '1:13: at least: "twice" is not a count, as in "3 times".'],
    [
      '{ did: a.b, in the last: 1 month }',
      '1:13: in the last: "1 month" is not a duration, as in "2 days" or "1 hour 30 minutes".',
    ],
    ['did: order', '1:1: did: A touchpoint type is dotted lower case, as in "order.completed".'],
    ['message: hello', '1:1: "was" is missing. Add "was".'],
    [
      '{ message: hello, was: openned }',
      '1:19: was: "openned" is not one of: sent, delivered, opened, clicked, answered. Did you mean "opened"?',
    ],
    ['consent: offers', '1:1: "by" is missing. Add "by".'],
    ['bucket: 10', '1:1: bucket: "10" is not a share, as in 50%.'],
    ['all: { trait: x, is: y }', '1:1: all: Here belongs a list, not a map.'],
    ['any: []', '1:1: any: This is empty.'],
    [
      '{ did: a.b, where: { trait: x, is: y } }',
      '1:13: where: This is no condition on a touchpoint. It has one of: all, any, none, property, channel.',
    ],
  ])('says of %j where it is wrong and what to do', (yaml, problem) => {
    expect(problems(yaml)).toEqual([`c.yaml:${problem}`])
  })

  it.each(['trait: plan', 'channel: {}'])('says of %j that it compares with nothing', (yaml) => {
    expect(problems(yaml)).toEqual([
      expect.stringMatching(/^c\.yaml:1:1: This compares with nothing\. Add one of: is, /),
    ])
  })

  it.each(['is: pro', 'pro', '{}'])('names the kinds of condition where %j is none', (yaml) => {
    expect(problems(yaml)).toEqual([expect.stringMatching(/^c\.yaml:1:1: This is no condition\. It has one of: all, /)])
  })

  it('reports every mistake of a document at once', () => {
    expect(problems('- { trait: x, iz: y }\n- { reachable: push, by: sms }\n- { consent: offers }')).toHaveLength(3)
  })

  it('has a JSON Schema, so that editors complete it', () => {
    const schema = JSON.stringify(z.toJSONSchema(Condition, { io: 'input' }))
    for (const key of ['trait', 'did not', 'in segment', 'at least', 'same as']) expect(schema).toContain(`"${key}":{`)
  })
})

describe('Where', () => {
  it.each(['{ property: total, at least: 5 }', '{ channel: store }', '[{ none: [{ property: gift, is: true }] }]'])(
    'reads %s',
    (yaml) => {
      expect(problems(yaml, Where)).toEqual([])
    },
  )

  it.each(['{ trait: plan, is: pro }', 'did: a.b', '{ any: [{ in segment: loyal }] }'])(
    'refuses %s, which is not about a touchpoint',
    (yaml) => {
      expect(problems(yaml, Where)).toHaveLength(1)
    },
  )
})
