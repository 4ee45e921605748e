import { join } from 'node:path'
import { styleText } from 'node:util'
import { isWarning, type Problem } from '#shared/documents/document.ts'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import { displayWidth, onItsLines } from './display-width.ts'

/** Problems as compilers print them: the place, what is wrong, the line with a caret under it, the way out; then how many. */
export function problemReport(problems: readonly Problem[], files: Files, dir: string): string {
  const texts = byPlace(problems).map((problem) => problemText(problem, files[problem.file], dir))
  return [...texts, styleText('bold', countsOf(problems))].join('\n\n')
}

export function byPlace(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column)
}

/** `2 errors and 1 warning in 3 files`. */
export function countsOf(problems: readonly Problem[]): string {
  const warnings = problems.filter(isWarning).length
  const errors = problems.length - warnings
  const counts = [
    ...(errors > 0 || warnings === 0 ? [count(errors, 'error')] : []),
    ...(warnings > 0 ? [count(warnings, 'warning')] : []),
  ]
  return `${counts.join(' and ')} in ${count(new Set(problems.map(({ file }) => file)).size, 'file')}`
}

export function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`
}

function problemText(problem: Problem, text: string | undefined, dir: string): string {
  const { file, line, column, message, fix, trail } = problem
  const colour = isWarning(problem) ? 'yellow' : 'red'
  const place = styleText('bold', `${join(dir, file)}:${line}:${column}`)
  const kind = isWarning(problem) ? `${styleText(colour, 'warning:')} ` : ''
  const source = text?.split('\n')[line - 1]
  const margin = ' '.repeat(String(line).length + 2)
  const lines = [`${place}  ${kind}${styleText(colour, message)}`]
  if (source !== undefined) {
    const before = displayWidth(onItsLines(`${source.slice(0, column - 1)}|`)) - 1
    lines.push(`  ${styleText('dim', `${line} │`)} ${onItsLines(source)}`)
    lines.push(`${margin} ${styleText('dim', '│')} ${' '.repeat(before)}${styleText(colour, '^')}`)
  }
  if (trail !== undefined) lines.push(`${margin} ${styleText('dim', '│')} ${trail.join(styleText('dim', ' → '))}`)
  if (fix !== undefined) lines.push(`${margin} ${styleText('green', '→')} ${fix}`)
  return lines.join('\n')
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
