import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTable, tableProblems } from './parse-table.ts'

describe('parseTable', () => {
  it.each([
    [
      'a table',
      'name,city\nTorvet,Aarhus\nHavnen,Odense\n',
      [
        { name: 'Torvet', city: 'Aarhus' },
        { name: 'Havnen', city: 'Odense' },
      ],
    ],
    ['no line break at the end', 'name\nTorvet', [{ name: 'Torvet' }]],
    [
      'line breaks of Windows, and a mark of the byte order',
      '\uFEFFname,city\r\nTorvet,Aarhus\r\n',
      [{ name: 'Torvet', city: 'Aarhus' }],
    ],
    [
      'a comma in quotes',
      'name,address\nTorvet,"Torvet 1, Aarhus"\n',
      [{ name: 'Torvet', address: 'Torvet 1, Aarhus' }],
    ],
    ['a doubled quote', 'name\n"The ""best"" one"\n', [{ name: 'The "best" one' }]],
    ['a line break in quotes', 'name,city\n"Tor\nvet",Aarhus\n', [{ name: 'Tor\nvet', city: 'Aarhus' }]],
    [
      'cells that are empty or missing',
      'a,b,c\n,2,\n1\n',
      [
        { a: '', b: '2', c: '' },
        { a: '1', b: '', c: '' },
      ],
    ],
    ['a quoted cell that is empty', 'a,b\n"",x\n', [{ a: '', b: 'x' }]],
    ['spaces around the names', ' name , city \nTorvet,Aarhus\n', [{ name: 'Torvet', city: 'Aarhus' }]],
    ['empty lines', 'name\n\nTorvet\n\n', [{ name: 'Torvet' }]],
    ['names only', 'name,city\n', []],
    ['nothing', '', []],
  ])('reads %s', (_what, text, rows) => {
    expect(parseTable(text)).toEqual(rows)
    expect(tableProblems('stores.csv', text)).toEqual([])
  })

  it('reads back whatever is written with quotes', () => {
    const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`
    const someRows = fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string(), fc.string()))
    void fc.assert(
      fc.property(someRows, (rows) => {
        const text = [['a', 'b', 'c'], ...rows].map((cells) => cells.map(quoted).join(',')).join('\n')
        expect(parseTable(text)).toEqual(rows.map(([a, b, c]) => ({ a, b, c })))
      }),
    )
  })
})

describe('tableProblems', () => {
  it.each([
    ['a comma that should stand in quotes', 'name,city\nTorvet 1, Aarhus,DK\n', 2, /3 cells, the first one 2/],
    ['a quote that does not close', 'name,city\nTorvet,Aarhus\n"Havnen,Odense\n', 3, /cannot be read/],
    ['a quote in the middle', 'name,city\n"a",b\n"Torvet" 1,Aarhus\n', 3, /cannot be read/],
  ])('tells %s, with the line', (_what, text, line, message) => {
    expect(tableProblems('stores.csv', text)).toMatchObject([
      { file: 'stores.csv', line, message: expect.stringMatching(message) },
    ])
  })
})
