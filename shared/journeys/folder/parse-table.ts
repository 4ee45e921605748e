import type { Problem } from '../../documents/document.ts'

export type TableRow = Readonly<Record<string, string>>

/** A small table of the brand folder: CSV as RFC 4180 has it, with the names of the columns in the first line. */
export function parseTable(text: string): readonly TableRow[] {
  const [header, ...rows] = parseCsv(text).rows
  const names = header?.cells.map((name) => name.trim()) ?? []
  return rows.map(({ cells }) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])))
}

/** What would be lost or shifted in silence: a quote that does not close, a comma that should have stood in quotes. */
export function tableProblems(file: string, text: string): readonly Problem[] {
  const { rows, unreadFrom } = parseCsv(text)
  const columns = rows[0]?.cells.length ?? 0
  const problem = (line: number, message: string): Problem => ({ file, line, column: 1, path: '', message })
  return [
    ...rows
      .filter(({ cells }) => cells.length > columns)
      .map(({ line, cells }) =>
        problem(
          line,
          `This line has ${cells.length} cells, the first one ${columns}; put a text with a comma in quotes.`,
        ),
      ),
    ...(unreadFrom === undefined
      ? []
      : [
          problem(
            unreadFrom,
            'From here on it cannot be read: quotes go around a whole cell, and a quote inside is doubled.',
          ),
        ]),
  ]
}

interface Csv {
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[]
  /** The line at which what can be read ends before the text does. */
  readonly unreadFrom?: number
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy

function parseCsv(text: string): Csv {
  const rows: { line: number; cells: string[] }[] = []
  let cells: string[] = []
  let line = 1
  let read = 0
  for (const [whole, inQuotes, plain = '', end] of text.matchAll(CELL)) {
    if (whole === '' && cells.length === 0) break
    cells.push(inQuotes === undefined ? plain : inQuotes.replaceAll('""', '"'))
    read += whole.length
    if (end === ',') continue
    if (cells.some((cell) => cell !== '')) rows.push({ line, cells })
    line = text.slice(0, read).split('\n').length
    cells = []
  }
  return read < text.length ? { rows, unreadFrom: line } : { rows }
}
