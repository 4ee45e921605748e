import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import * as fields from './fields.ts'

const cases: readonly [
  field: string,
  schema: z.ZodType,
  reads: readonly [string, unknown][],
  refuses: readonly string[],
][] = [
  [
    'text',
    fields.text,
    [
      ['NO', 'NO'],
      ['01234', '01234'],
      [' a ', ' a '],
    ],
    [''],
  ],
  [
    'name',
    fields.name,
    [
      ['order-reminder', 'order-reminder'],
      ['7up', '7up'],
    ],
    ['', '-x', 'Order', 'a b', 'a_b', 'a'.repeat(65)],
  ],
  [
    'touchpointType',
    fields.touchpointType,
    [
      ['order.completed', 'order.completed'],
      ['a.b-c.d_e', 'a.b-c.d_e'],
    ],
    ['order', 'Order.Completed', 'order.', '.a'],
  ],
  [
    'number',
    fields.number,
    [
      ['5', 5],
      ['2.50', 2.5],
      ['-1', -1],
      [' 7 ', 7],
      ['01234', 1234],
    ],
    ['', '5 kr', '1e5', '.5', '5.', '0x10', 'Infinity', 'NaN', '1,5'],
  ],
  [
    'integer',
    fields.integer,
    [
      ['5', 5],
      ['-3', -3],
    ],
    ['5.0', '', 'five'],
  ],
  [
    'yesNo',
    fields.yesNo,
    [
      ['true', true],
      ['false', false],
    ],
    ['yes', 'NO', 'True', '', 'constructor', 'toString', '__proto__'],
  ],
  [
    'duration',
    fields.duration,
    [
      ['2 days', 172_800_000],
      ['1 hour 30 minutes', 5_400_000],
    ],
    ['2', '', '1 month', 'P2D'],
  ],
  [
    'instant',
    fields.instant,
    [
      ['2026-12-24', Date.UTC(2026, 11, 24)],
      ['2026-12-24T18:00:00Z', Date.UTC(2026, 11, 24, 18)],
    ],
    ['24.12.2026', '2026-02-30', 'tomorrow'],
  ],
  [
    'share',
    fields.share,
    [
      ['10%', 0.1],
      ['12.5 %', 0.125],
      ['0%', 0],
      ['100%', 1],
    ],
    ['10', '101%', '-5%', '%', ''],
  ],
  [
    'times',
    fields.times,
    [
      ['3 times', 3],
      ['1 time', 1],
      ['2', 2],
    ],
    ['twice', '2.5 times', '-1 times', '', '3 timess'],
  ],
  [
    'timeOfDay',
    fields.timeOfDay,
    [
      ['09:00', '09:00'],
      ['23:59', '23:59'],
    ],
    ['9:00', '24:00', '09:60', '0900', ''],
  ],
]

describe.each(cases)('%s', (_, schema, reads, refuses) => {
  it.each(reads)('reads %j as %j', (text, value) => {
    expect(schema.parse(text)).toBe(value)
  })

  it.each(refuses)('refuses %j', (text) => {
    expect(schema.safeParse(text).success).toBe(false)
  })

  it('refuses what is not a text', () => {
    for (const value of [5, true, null, undefined, {}, ['x']]) expect(schema.safeParse(value).success).toBe(false)
  })
})

describe('readAs', () => {
  it('says what was expected, with an example', () => {
    expect(fields.number.safeParse('many').error?.issues).toMatchObject([
      { message: '"many" is not a number, as in 5 or 2.50.' },
    ])
  })
})

describe('oneOrMore', () => {
  const channels = fields.oneOrMore(fields.name)

  it('reads one as a list of one', () => {
    expect(channels.parse('push')).toEqual(['push'])
    expect(channels.parse(['push', 'email'])).toEqual(['push', 'email'])
  })

  it('refuses an empty list, and names the item that is wrong', () => {
    expect(channels.safeParse([]).success).toBe(false)
    expect(channels.safeParse(['push', 'E-Mail']).error?.issues.map(({ path }) => path)).toEqual([[1]])
  })
})
