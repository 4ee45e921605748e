/** Rows of texts and numbers as aligned columns: numbers to the right, zeroes as a dot. */
export function columns(rows: readonly (readonly (string | number)[])[]): string {
  const width = Math.max(0, ...rows.map((row) => row.length))
  const texts = rows.map((row) => row.map(show))
  const widths = Array.from({ length: width }, (_, at) => Math.max(0, ...texts.map((row) => (row[at] ?? '').length)))
  const isNumeric = Array.from({ length: width }, (_, at) => rows.some((row) => typeof row[at] === 'number'))
  const line = (row: readonly string[]): string =>
    row
      .map((text, at) => (isNumeric[at] ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd()
  return texts.map((row) => `  ${line(row)}`).join('\n')
}

export function count(value: number): string {
  return value.toLocaleString('en-GB')
}

export function euros(value: number): string {
  return value.toLocaleString('en-GB', { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 })
}

function show(cell: string | number): string {
  if (typeof cell === 'string') return cell
  return cell === 0 ? '·' : count(cell)
}
