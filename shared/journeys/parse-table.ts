export type TableRow = Readonly<Record<string, string>>

/** A small table of the brand folder: CSV as RFC 4180 has it, with the names of the columns in the first line. */
export function parseTable(text: string): readonly TableRow[] {
  const [header = [], ...rows] = parseCsv(text)
  return rows.map((cells) => Object.fromEntries(header.map((name, index) => [name.trim(), cells[index] ?? ''])))
}

const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy

function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [whole, inQuotes, plain = '', end] of text.matchAll(CELL)) {
    if (whole === '' && row.length === 0) break
    row.push(inQuotes === undefined ? plain : inQuotes.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
