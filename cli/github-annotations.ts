import { relative, resolve } from 'node:path'
import { isWarning, type Problem } from '#shared/documents/document.ts'

/**
 * Problems as GitHub shows them beside the changed lines of a pull request: one workflow command each
 * (docs.github.com, "Workflow commands"). `root` is the repository, from which GitHub reckons paths.
 */
export function githubAnnotations(problems: readonly Problem[], dir: string, root: string): string {
  return problems.map((problem) => annotation(problem, relative(root, resolve(dir, problem.file)))).join('\n')
}

function annotation(problem: Problem, file: string): string {
  const { line, column, message, fix, trail } = problem
  const properties = {
    file: file.replaceAll('\\', '/'),
    line: String(line),
    col: String(column),
    title: 'throughline check',
  }
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`)
  const text = [message, ...(trail === undefined ? [] : [trail.join(' → ')]), ...(fix === undefined ? [] : [fix])]
  return `::${isWarning(problem) ? 'warning' : 'error'} ${written.join(',')}::${escapeData(text.join('\n'))}`
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
