import * as z from 'zod'
import { InvalidInput } from '#shared/errors/errors.ts'

const Position = z.array(z.string())

/** Where a page ended: the values of the attributes that `names` lists. Opaque to whoever carries it. */
export function encodeCursor(row: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  return Buffer.from(JSON.stringify(names.map((name) => row[name]))).toString('base64url')
}

/** @throws InvalidInput */
export function decodeCursor(cursor: string, names: readonly string[]): Record<string, string> {
  const position = Position.length(names.length).safeParse(parse(Buffer.from(cursor, 'base64url').toString()))
  if (!position.success) throw badCursor()
  return Object.fromEntries(position.data.map((value, at) => [names[at] ?? '', value]))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw badCursor(cause)
  }
}

function badCursor(cause?: unknown): InvalidInput {
  return new InvalidInput('table.bad-cursor', 'That cursor is not one this listing gave out.', { cause })
}
