import jsonata from 'jsonata'
import { messageOf } from '#shared/errors/errors.ts'

interface Findings {
  /** Why the expression may not be published, a sentence each. */
  readonly problems: readonly string[]
  /** Names of variables that it reads and does not bind itself; no functions, not `states`. */
  readonly variables: readonly string[]
  /** The fields of `$states` it reads, such as `result`. */
  readonly states: readonly string[]
}

/** Names that reach from data into the language itself: through them 2.0.6 lets an expression change every object. */
const FORBIDDEN = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype'])

/** Functions of JSONata 2.0.6 (without `$eval`, which Step Functions removes) and those Step Functions adds. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  `sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match
  contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power
  random boolean not map zip filter single reduce sift keys lookup append exists spread merge reverse each error assert
  type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis
  fromMillis clone now millis partition range hash uuid parse`.split(/\s+/),
)

/** Looks at an expression without evaluating it; one that does not parse is a problem, too. */
export function lintExpression(source: string): Findings {
  const found: Walk = { problems: [], read: new Set(), bound: new Set(), states: new Set(), seen: new Set() }
  try {
    visit(jsonata(source).ast(), false, found)
  } catch (error) {
    return {
      problems: [`does not parse: ${(error as { message?: string }).message ?? messageOf(error)}`],
      variables: [],
      states: [],
    }
  }
  const variables = [...found.read].filter(
    (name) => !found.bound.has(name) && !FUNCTIONS.has(name) && name !== 'states',
  )
  return { problems: [...new Set(found.problems)], variables, states: [...found.states] }
}

interface Walk {
  readonly problems: string[]
  readonly read: Set<string>
  readonly bound: Set<string>
  readonly states: Set<string>
  readonly seen: Set<unknown>
}

type Node = Readonly<Record<string, unknown>> & { readonly type?: unknown; readonly value?: unknown }

/** @param inner whether there is a context item: none at the top level, where Step Functions gives no input. */
function visit(node: unknown, inner: boolean, walk: Walk): void {
  if (typeof node !== 'object' || node === null || node instanceof RegExp || walk.seen.has(node)) return
  walk.seen.add(node)
  if (Array.isArray(node)) {
    for (const element of node) visit(element, inner, walk)
    return
  }
  // An AST node is a plain object, whatever its type.
  const plain = node as Node
  inspect(plain, inner, walk)
  for (const [key, child] of Object.entries(plain)) {
    if (key === 'steps') visitSteps(child, inner, walk)
    else visit(child, inner || NEW_CONTEXT.has(key), walk)
  }
}

/** Parts of a node that are evaluated for each item of what stands before them. */
const NEW_CONTEXT = new Set(['stages', 'predicate', 'group', 'terms', 'pattern', 'update', 'delete'])

/** Only the first step of a path is looked up where the path stands. */
function visitSteps(steps: unknown, inner: boolean, walk: Walk): void {
  if (!Array.isArray(steps)) return
  const [first, second] = steps as readonly (Node | undefined)[]
  if (first?.type === 'variable' && first.value === 'states' && second?.type === 'name')
    walk.states.add(String(second.value))
  steps.forEach((step, at) => {
    visit(step, inner || at > 0, walk)
  })
}

function inspect(node: Node, inner: boolean, walk: Walk): void {
  const { type, value } = node
  if ((type === 'name' || type === 'string' || type === 'variable') && FORBIDDEN.has(String(value)))
    walk.problems.push(`may not use the name ${String(value)}`)
  if (type === 'regex') walk.problems.push('may not use a regular expression: nothing can stop a slow one')
  if (type === 'name' && !inner)
    walk.problems.push(`refers to '${String(value)}' at the top level; write $states.input.${String(value)}`)
  if (type === 'variable') inspectVariable(String(value), inner, walk)
  if (type === 'function') inspectCall(node, walk)
  for (const name of boundNames(node)) walk.bound.add(name)
}

function inspectVariable(name: string, inner: boolean, walk: Walk): void {
  if (name === '$' || (name === '' && !inner)) walk.problems.push(`may not use $${name} at the top level`)
  else if (name === 'lookup') walk.problems.push('may use $lookup only as a call with a literal key')
  else if (name === 'eval') walk.problems.push('may not use $eval; $parse reads JSON')
  else if (name !== '') walk.read.add(name)
}

/** A call of `$lookup` whose key is a literal is the one use of it that can be judged here. */
function inspectCall({ procedure, arguments: given }: Node, walk: Walk): void {
  const called = procedure as Node | undefined
  const key = Array.isArray(given) ? (given.at(-1) as Node | undefined) : undefined
  if (called?.value === 'lookup' && key?.type === 'string') walk.seen.add(called)
}

function boundNames(node: Node): readonly string[] {
  const names: unknown[] = [node.focus, node.index]
  if (node.type === 'bind') names.push((node.lhs as Node).value)
  if (node.type === 'lambda' && Array.isArray(node.arguments))
    names.push(...node.arguments.map((argument: Node) => argument.value))
  return names.filter((name) => typeof name === 'string')
}
