import jsonata from 'jsonata'
import type { Json } from '#shared/world/table.ts'
import { AWS_FUNCTIONS, seededRandom } from './aws-functions.ts'

/** What an expression sees: `states` and the variables by name, the world's time, its dice. */
export interface Scope {
  readonly bindings: Readonly<Record<string, unknown>>
  readonly now: number
  readonly random: () => number
}

export interface Expression {
  readonly source: string
  /** @throws QueryError, also when there is no value. */
  evaluate(scope: Scope): Promise<Json>
}

/** How an evaluation failed; the message ends AWS's sentence "The JSONata expression … specified for the field …". */
export class QueryError extends Error {
  override readonly name = 'QueryError'
}

/** Step Functions' own limits: docs.aws.amazon.com/step-functions, "Transforming data"; the depth was measured there. */
const LIMITS = { milliseconds: 1_000, depth: 100 } as const

const PATH = /^\$[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/
const NOT_A_NAME = /\.(?:and|or|in|true|false|null|function)(?:\.|$)/

/** Parses on first use, and only what is more than a path from a variable; meant to be kept. */
export function compileExpression(source: string): Expression {
  const path = PATH.test(source) && !NOT_A_NAME.test(source) ? source.slice(1).split('.') : undefined
  let parsed: jsonata.Expression | undefined
  return {
    source,
    async evaluate(scope) {
      let value = path === undefined ? ASK_JSONATA : lookUp(path, scope.bindings)
      if (value === ASK_JSONATA) {
        parsed ??= parseExpression(source)
        value = await run(parsed, scope)
      }
      if (value === undefined) throw new QueryError('returned nothing (undefined).')
      return value as Json
    },
  }
}

const ASK_JSONATA = Symbol('ask JSONata')

/** JSONata's answer for a path, where it is plain: an array on the way maps over its elements and is left to JSONata. */
function lookUp(path: readonly string[], bindings: Readonly<Record<string, unknown>>): unknown {
  let value: unknown = bindings
  for (const name of path) {
    if (Array.isArray(value)) return ASK_JSONATA
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

async function run(expression: jsonata.Expression, scope: Scope): Promise<Json | undefined> {
  const evaluation: Evaluation = { scope, depth: 0, deadline: performance.now() + LIMITS.milliseconds }
  try {
    const value = await expression.evaluate(undefined, { ...scope.bindings, [EVALUATION]: evaluation })
    return value === undefined ? undefined : copyOf(value)
  } catch (error) {
    if (error instanceof QueryError) throw error
    // JSONata throws plain objects with `code` and `message`.
    const { code, message } = error as { readonly code?: string; readonly message?: string }
    throw new QueryError(`threw an error during evaluation${code === undefined ? ': ' : `. ${code}: `}${message}`)
  }
}

interface Evaluation {
  readonly scope: Scope
  readonly deadline: number
  depth: number
}

/** The binding that holds the state of one evaluation; no expression can spell it. */
const EVALUATION = '(evaluation)'

interface Focus {
  readonly environment: { lookup(name: string): unknown }
}

function evaluationOf({ environment }: Focus): Evaluation {
  return environment.lookup(EVALUATION) as Evaluation
}

/** JSONata 2.0.6 with Step Functions' functions and limits, time from the scope, without `$eval`. */
export function parseExpression(source: string): jsonata.Expression {
  const expression = jsonata(source)
  for (const [name, implementation] of Object.entries(AWS_FUNCTIONS)) expression.registerFunction(name, implementation)
  expression.registerFunction('random', function (this: Focus, seed?: number) {
    return seed === undefined ? evaluationOf(this).scope.random() : seededRandom(seed)
  })
  expression.registerFunction('millis', function (this: Focus) {
    return evaluationOf(this).scope.now
  })
  expression.registerFunction(
    'now',
    function (this: Focus, picture?: string, zone?: string) {
      const fromMillis = this.environment.lookup('fromMillis') as { implementation: (...values: unknown[]) => string }
      return fromMillis.implementation.call(this, evaluationOf(this).scope.now, picture, zone)
    },
    '<s?s?:s>',
  )
  expression.assign('eval', undefined)
  limit(expression)
  return expression
}

/** 2.0.6 takes no limits as options, but calls these around every node. */
function limit(expression: jsonata.Expression): void {
  // `assign` takes any property key; its declaration knows strings only.
  const assign = expression.assign as (name: never, hook: unknown) => void as (name: symbol, hook: unknown) => void
  assign(
    Symbol.for('jsonata.__evaluate_entry'),
    (_node: unknown, _input: unknown, environment: jsonata.Environment) => {
      const evaluation = evaluationOf({ environment })
      evaluation.depth += 1
      if (evaluation.depth > LIMITS.depth)
        throw new Error(
          'Stack overflow error: Check for non-terminating recursive function. ' +
            `Consider rewriting as tail-recursive. Depth=${evaluation.depth} max=${LIMITS.depth}`,
        )
      if (performance.now() > evaluation.deadline)
        throw new Error('Expression evaluation timeout: Check for infinite loop')
    },
  )
  assign(Symbol.for('jsonata.__evaluate_exit'), (_node: unknown, _input: unknown, environment: jsonata.Environment) => {
    evaluationOf({ environment }).depth -= 1
  })
}

/** JSONata marks its arrays with flags, and functions are values to it; neither may leave an expression. */
function copyOf(value: unknown): Json {
  if (Array.isArray(value)) return value.map(copyOf)
  if (typeof value === 'function' || isFunctionObject(value))
    throw new QueryError('returned an unsupported result type.')
  if (typeof value !== 'object' || value === null) return value as Json
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (member === undefined ? [] : [[name, copyOf(member)]])),
  )
}

function isFunctionObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value)
}
