import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { displayWidth } from './display-width.ts'
import { type Column, table } from './table.ts'

interface Row {
  readonly id: string
  readonly sent: number
  readonly what: string
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'id', of: ({ id }) => id, isWhole: true },
  { title: 'sent', of: ({ sent }) => String(sent), isNumber: true },
  { title: 'what', of: ({ what }) => what },
]

const ROWS: readonly Row[] = [
  { id: 'msg_1', sent: 7, what: 'Your order waits' },
  { id: 'msg_22', sent: 1234, what: '東京のコーヒー' },
]

const linesOf = (width: number, rows = ROWS): readonly string[] =>
  stripVTControlCharacters(table(COLUMNS, rows, width)).split('\n')

describe('table', () => {
  it('aligns texts left and numbers right', () => {
    expect(linesOf(80)).toEqual([
      'id      sent  what',
      'msg_1      7  Your order waits',
      'msg_22  1234  東京のコーヒー',
    ])
  })

  it('cuts the widest column until the lines fit, and never an id', () => {
    expect(linesOf(24)).toEqual(['id      sent  what', 'msg_1      7  Your orde…', 'msg_22  1234  東京のコ…'])
    for (const line of linesOf(24)) expect(displayWidth(line)).toBeLessThanOrEqual(24)
  })

  it('keeps every column readable where nothing can fit', () => {
    expect(linesOf(3)[1]).toBe('msg_1      7  Your…')
  })

  it('cuts nothing where the width is endless', () => {
    const what = 'x'.repeat(500)
    expect(linesOf(Number.POSITIVE_INFINITY, [{ id: 'a', sent: 1, what }])[1]).toBe(`a      1  ${what}`)
  })

  it('keeps a row on one line', () => {
    expect(linesOf(80, [{ id: 'a', sent: 1, what: 'one\ntwo' }])[1]).toBe('a      1  one two')
  })
})
