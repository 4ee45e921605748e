import { styleText } from 'node:util'
import { cutTo, displayWidth, onOneLine, padTo } from './display-width.ts'

export interface Column<T> {
  readonly title: string
  readonly of: (row: T) => string
  /** Never cut, as numbers are not: an id that somebody copies. */
  readonly isWhole?: boolean
  readonly isNumber?: boolean
}

const GAP = '  '
const NARROWEST = 6

/** Rows under their titles, aligned, cut to `width` columns: the widest columns give way first. */
export function table<T>(columns: readonly Column<T>[], rows: readonly T[], width: number): string {
  const cells = rows.map((row) => columns.map(({ of }) => onOneLine(of(row))))
  const natural = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...cells.map((row) => displayWidth(row[index] ?? ''))),
  )
  const widths = shrink(columns, natural, width)
  const line = (row: readonly string[]): string =>
    row
      .map((cell, index) => place(cell, widths[index] ?? 0, columns[index]?.isNumber === true))
      .join(GAP)
      .trimEnd()
  const head = styleText('dim', line(columns.map(({ title }) => title)))
  return [head, ...cells.map(line)].join('\n')
}

function shrink<T>(columns: readonly Column<T>[], natural: readonly number[], width: number): readonly number[] {
  const capped = (cap: number): readonly number[] =>
    natural.map((wide, index) => (isWhole(columns[index]) ? wide : Math.min(wide, cap)))
  let cap = Math.max(...natural)
  while (cap > NARROWEST && total(capped(cap)) > width) cap--
  return capped(cap)
}

function isWhole<T>(column: Column<T> | undefined): boolean {
  return column?.isWhole === true || column?.isNumber === true
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, one) => sum + one, 0) + GAP.length * (widths.length - 1)
}

function place(cell: string, width: number, isNumber: boolean): string {
  const text = cutTo(cell, width)
  return isNumber ? ' '.repeat(Math.max(0, width - displayWidth(text))) + text : padTo(text, width)
}
