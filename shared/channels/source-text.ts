import type { Problem } from '../documents/document.ts'

/** A stretch of a file, as it stands in a text that was put together from several. */
export interface Piece {
  readonly file: string
  readonly whole: string
  /** Where the stretch begins in `whole`, and where it ends. */
  readonly from: number
  readonly to: number
}

/** A text put together from files, which can still tell for each place of it where it was written. */
export class SourceText {
  readonly file: string
  readonly text: string
  readonly #pieces: readonly Piece[]
  readonly #original: string

  constructor(file: string, pieces: readonly Piece[], text?: string) {
    this.file = file
    this.#pieces = pieces
    this.#original = pieces.map(({ whole, from, to }) => whole.slice(from, to)).join('')
    this.text = text ?? this.#original
  }

  /** The same places with other words: `change` must neither add nor remove a line. */
  rewritten(change: (text: string) => string): SourceText {
    return new SourceText(this.file, this.#pieces, change(this.text))
  }

  /** Lines and columns count from 1; without a column it is the first word of the line. */
  problemAt(line: number, column: number | undefined, message: string, fix?: string): Problem {
    const start = offsetOfLine(this.#original, line)
    const indent = /^[ \t]*/.exec(this.#original.slice(start, start + 200))?.[0].length ?? 0
    const place = this.#placeOf(start + (column === undefined ? indent : column - 1))
    return { ...place, path: '', message, ...(fix === undefined ? {} : { fix }) }
  }

  #placeOf(offset: number): { readonly file: string; readonly line: number; readonly column: number } {
    let start = 0
    for (const { file, whole, from, to } of this.#pieces) {
      if (offset < start + to - from) return { file, ...lineAndColumn(whole, from + offset - start) }
      start += to - from
    }
    const last = this.#pieces.at(-1)
    return { file: last?.file ?? this.file, ...lineAndColumn(last?.whole ?? '', last?.to ?? 0) }
  }
}

function offsetOfLine(text: string, line: number): number {
  let offset = 0
  for (let count = 1; count < line; count += 1) {
    const end = text.indexOf('\n', offset)
    if (end === -1) return text.length
    offset = end + 1
  }
  return offset
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') }
}
