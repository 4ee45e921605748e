import { stripVTControlCharacters } from 'node:util'
import { displayWidth } from './display-width.ts'

/** A mark and its text; the text's further lines begin below its first. */
export function hanging(mark: string, text: string, width: number): readonly string[] {
  const margin = displayWidth(stripVTControlCharacters(mark))
  const [first = '', ...rest] = wrapText(text, width - margin)
  return [`${mark}${first}`, ...rest.map((line) => `${' '.repeat(margin)}${line}`)]
}

/** Lines of at most `width` columns, broken between words; a word that is longer stands alone and sticks out. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`
    if (lines.length > 0 && displayWidth(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
