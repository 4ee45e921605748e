import * as YAML from 'yaml'
import type * as z from 'zod'

/** One thing wrong in a document, with the place and the way out. Lines and columns count from 1. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly column: number
  /** `steps.2.send`; empty for the document as a whole. */
  readonly path: string
  readonly message: string
  readonly fix?: string
}

export type Reading<T> =
  | { readonly ok: true; readonly document: T; readonly source: Source }
  | { readonly ok: false; readonly problems: readonly Problem[] }

type Path = readonly (string | number)[]

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
  const result = schema.safeParse(source.value)
  if (result.success) return { ok: true, document: result.data, source }
  return { ok: false, problems: result.error.issues.flatMap((issue) => problemsOf(issue, source)) }
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
  const problems = tree.errors.map((error) => at(error.pos[0], [], error.message))
  YAML.visit(tree, (_, node) => {
    if (!YAML.isNode(node)) return
    const offset = node.range?.[0] ?? 0
    if (YAML.isAlias(node)) problems.push(at(offset, [], 'Aliases are not used here.', 'Write the value out.'))
    else if (node.anchor !== undefined) problems.push(at(offset, [], 'Anchors are not used here.', 'Remove the &name.'))
    else if (node.tag !== undefined && node.tag.startsWith('!'))
      problems.push(at(offset, [], 'Tags are not used here.', 'Remove it, or quote a text that begins with "!".'))
  })
  if (problems.length > 0) return problems
  return {
    file,
    value: tree.toJS() as unknown,
    problemAt: (path, message, fix) => at(offsetOf(tree, path), path, message, fix),
  }
}

/** The offset of the deepest node on `path` that exists; of a map's entry, its key. */
function offsetOf(tree: YAML.Document, path: Path): number {
  let node: unknown = tree.contents
  let offset = tree.contents?.range?.[0] ?? 0
  for (const part of path) {
    if (YAML.isMap(node)) {
      const pair = node.items.find((item) => YAML.isScalar(item.key) && item.key.value === String(part))
      if (!pair) return offset
      offset = YAML.isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset
      node = pair.value
    } else if (YAML.isSeq(node)) {
      node = node.items[Number(part)]
      offset = YAML.isNode(node) ? (node.range?.[0] ?? offset) : offset
    }
  }
  return offset
}

function problemsOf(issue: z.core.$ZodIssue, source: Source): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => source.problemAt([...path, key], `"${key}" is not known here.`))
  const last = path.at(-1)
  if (issue.code === 'invalid_type' && issue.input === undefined && last !== undefined)
    return [source.problemAt(path.slice(0, -1), `"${String(last)}" is missing.`)]
  return [source.problemAt(path, issue.message)]
}
