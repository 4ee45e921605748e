import { styleText } from 'node:util'
import type { Explanation } from '#shared/segments/explain.ts'
import { onOneLine } from './display-width.ts'

/** A condition line by line: whether each held, and what was seen. */
export function explanationLines({ line, held, seen, parts = [] }: Explanation, indent = ''): readonly string[] {
  const mark = held ? styleText('green', '✓') : styleText('red', '✗')
  const value =
    seen === undefined
      ? ''
      : styleText('dim', `  it is ${onOneLine(typeof seen === 'string' ? seen : JSON.stringify(seen))}`)
  return [
    `${indent}${mark} ${onOneLine(line)}${value}`,
    ...parts.flatMap((part) => explanationLines(part, `${indent}  `)),
  ]
}
