import { join } from 'node:path'
import { styleText } from 'node:util'
import type { Problem } from '#shared/documents/document.ts'
import type { Files } from '#shared/journeys/brand-folder.ts'
import { displayWidth, onItsLines } from './display-width.ts'

/** Problems as compilers print them: the place, what is wrong, the line with a caret under it, the way out; then how many. */
export function problemReport(problems: readonly Problem[], files: Files, dir: string): string {
  const sorted = [...problems].sort((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column)
  const texts = sorted.map((problem) => problemText(problem, files[problem.file], dir))
  const places = new Set(problems.map(({ file }) => file)).size
  return [...texts, styleText('bold', `${count(problems.length, 'problem')} in ${count(places, 'file')}`)].join('\n\n')
}

export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}

function problemText({ file, line, column, message, fix }: Problem, text: string | undefined, dir: string): string {
  const place = styleText('bold', `${join(dir, file)}:${line}:${column}`)
  const source = text?.split('\n')[line - 1]
  const margin = ' '.repeat(String(line).length + 2)
  const lines = [`${place}  ${styleText('red', message)}`]
  if (source !== undefined) {
    const before = displayWidth(onItsLines(`${source.slice(0, column - 1)}|`)) - 1
    lines.push(`  ${styleText('dim', `${line} │`)} ${onItsLines(source)}`)
    lines.push(`${margin} ${styleText('dim', '│')} ${' '.repeat(before)}${styleText('red', '^')}`)
  }
  if (fix !== undefined) lines.push(`${margin} ${styleText('green', '→')} ${fix}`)
  return lines.join('\n')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
