import * as z from 'zod'
import { InvalidInput } from '#shared/errors/errors.ts'

/** Where a page ended: the values of so many columns. @throws InvalidInput for what no listing gave out. */
export function parseCursor(cursor: string, length: number): readonly string[] {
  const position = z.array(z.string()).length(length).safeParse(parseJson(cursor))
  if (position.success) return position.data
  throw new InvalidInput('table.bad-cursor', 'That cursor is not one this listing gave out.')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
