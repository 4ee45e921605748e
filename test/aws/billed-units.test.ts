import { describe, expect, it } from 'vitest'
import { readUnits, type StoredRow, sizeOf, writeUnits } from './billed-units.ts'

/** A row of so many bytes. */
function aRow(bytes: number, more: StoredRow = {}): StoredRow {
  const row = { pk: { S: 'p' }, sk: { S: 's' }, ...more }
  return { ...row, text: { S: 'x'.repeat(bytes - sizeOf(row) - 'text'.length) } }
}
const due = (isk: string): StoredRow => ({ ipk: { S: 'DUE' }, isk: { S: isk } })
const alone = { inTransaction: false }

describe('a row', () => {
  it('is as large as its names and values', () => {
    expect(sizeOf({ pk: { S: 'ö' }, n: { N: '-12.5' }, yes: { BOOL: true }, list: { L: [{ N: '1' }] } })).toBe(
      2 + 2 + 1 + 3 + 3 + 1 + 4 + 3 + 1 + 2,
    )
    expect(sizeOf(aRow(1_024))).toBe(1_024)
  })
})

describe('a write', () => {
  it.each([
    ['a kilobyte, begun', undefined, aRow(1_025), 2],
    ['the larger of both versions', aRow(3_000), aRow(100), 3],
    ['one unit where there was nothing to remove', undefined, undefined, 1],
    ['the index too', undefined, aRow(100, due('a')), 2],
    ['the index twice where its entry moves', aRow(100, due('a')), aRow(100, due('b')), 3],
    ['the index once where the entry goes', aRow(100, due('a')), aRow(100), 2],
  ])('costs %s', (_, before, after, units) => {
    expect(writeUnits([{ before, after }], alone)).toBe(units)
    expect(writeUnits([{ before, after }], { inTransaction: true })).toBe(2 * units)
  })
})

describe('a read', () => {
  it('costs each row by key, a range as a whole, and what is not there', () => {
    const Keys = [{}, {}, {}]
    expect(readUnits({ RequestItems: { rows: { Keys } } }, { Responses: { rows: [aRow(4_097), aRow(100)] } })).toBe(4)
    expect(readUnits({}, { Items: [aRow(4_000), aRow(4_000), aRow(200)] })).toBe(3)
    expect(readUnits({}, {})).toBe(1)
    expect(readUnits({ IndexName: 'by-index' }, { Items: [] })).toBe(0.5)
  })
})
