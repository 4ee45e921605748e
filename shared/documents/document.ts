import * as YAML from 'yaml'
import type * as z from 'zod'
import { check, type Path } from './complaints.ts'
import { sayingOf } from './yaml-syntax.ts'
import { yamlTraps } from './yaml-traps.ts'

/** One thing wrong in a document, with the place and the way out. Lines and columns count from 1. */
export interface Problem {
  /** A warning does not keep anybody from publishing; absent, it is an error, which does. */
  readonly severity?: 'warning'
  readonly file: string
  readonly line: number
  readonly column: number
  /** `steps.2.send`; empty for the document as a whole. */
  readonly path: string
  readonly message: string
  readonly fix?: string
  /** The path through a journey on which it happens, one line for each step. */
  readonly trail?: readonly string[]
}

export function isWarning({ severity }: Problem): boolean {
  return severity === 'warning'
}

export type Reading<T> =
  | { readonly ok: true; readonly document: T; readonly source: Source }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** A parsed text that still knows where each value stood. */
export interface Source {
  readonly file: string
  /** The value as written: texts, lists and maps only. */
  readonly value: unknown
  problemAt(path: Path, message: string, fix?: string): Problem
}

/**
 * Reads YAML 1.2 with the failsafe schema (everything is text; `schema` gives types by place) and checks it.
 * Anchors, aliases, tags and directives are refused.
 */
export function readDocument<S extends z.ZodType>(file: string, text: string, schema: S): Reading<z.output<S>> {
  const source = parseSource(file, text)
  if (Array.isArray(source)) return { ok: false, problems: source }
  const checked = check(schema, source.value)
  if (checked.ok) return { ok: true, document: checked.value, source }
  const problems = checked.complaints.map(({ path, message, fix }) => source.problemAt(path, message, fix))
  return { ok: false, problems }
}

/** `file:line:column: message (fix)`, as compilers print it. */
export function describeProblem({ file, line, column, path, message, fix }: Problem): string {
  return `${file}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}${fix === undefined ? '' : ` ${fix}`}`
}

function parseSource(file: string, text: string): Source | Problem[] {
  const lines = new YAML.LineCounter()
  const tree = YAML.parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
  })
  const at = (offset: number, path: Path, message: string, fix?: string): Problem => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col, path: path.join('.'), message, ...(fix === undefined ? {} : { fix }) }
  }
  const problems = [
    ...yamlTraps(tree, text).map(({ offset, message, fix }) => at(offset, [], message, fix)),
    ...tree.errors.map((error) => {
      const { message, fix } = sayingOf(error)
      return at(error.pos[0], [], message, fix)
    }),
  ]
  if (problems.length > 0) return firstPerLine(problems)
  return {
    file,
    value: tree.toJS() as unknown,
    problemAt: (path, message, fix) => at(offsetOf(tree, path), path, message, fix),
  }
}

/** A slip in the syntax makes the parser stumble on; what it says first is what helps. */
function firstPerLine(problems: readonly Problem[]): Problem[] {
  const first = new Map<number, Problem>()
  for (const problem of problems) if (!first.has(problem.line)) first.set(problem.line, problem)
  return [...first.values()].sort((one, other) => one.line - other.line)
}

/** The offset of the deepest node on `path` that exists; of a map's entry, its key. */
function offsetOf(tree: YAML.Document, path: Path): number {
  let node: unknown = tree.contents
  let offset = startOf(node) ?? 0
  for (const part of path) {
    const entry = entryOf(node, part)
    if (entry === undefined) return offset
    offset = startOf(entry.place) ?? offset
    node = entry.value
  }
  return offset
}

function entryOf(node: unknown, part: string | number): { place: unknown; value: unknown } | undefined {
  if (YAML.isSeq(node)) return { place: node.items[Number(part)], value: node.items[Number(part)] }
  if (!YAML.isMap(node)) return undefined
  const pair = node.items.find(({ key }) => YAML.isScalar(key) && key.value === String(part))
  return pair && { place: pair.key, value: pair.value }
}

function startOf(node: unknown): number | undefined {
  return YAML.isNode(node) ? node.range?.[0] : undefined
}
