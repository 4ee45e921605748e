import type { Json } from '#shared/world/table.ts'
import { compileExpression, type Expression, QueryError, type Scope } from './expression.ts'

/** A field of a state, ready to be evaluated; what holds no expression is a constant. */
export type Template =
  | { readonly kind: 'constant'; readonly value: Json }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly field: string }
  | { readonly kind: 'object'; readonly members: readonly (readonly [name: string, member: Template])[] }
  | { readonly kind: 'array'; readonly elements: readonly Template[] }

/** The text between `{%` and `%}`, which must be the first and last characters. */
function expressionIn(text: string): string | undefined {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4 ? text.slice(2, -2).trim() : undefined
}

/** @param field its name within the state as AWS writes it: `Output/a/b[0]`, `Choices[1]/Condition`. */
export function compileTemplate(value: Json, field: string): Template {
  if (typeof value === 'string') {
    const source = expressionIn(value)
    if (source !== undefined) return { kind: 'expression', expression: compileExpression(source), field }
  } else if (isList(value)) {
    const elements = value.map((element, at) => compileTemplate(element, `${field}[${at}]`))
    if (!elements.every(isConstant)) return { kind: 'array', elements }
  } else if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, compileTemplate(member, `${field}/${name}`)] as const],
    )
    if (!members.every(([, member]) => isConstant(member))) return { kind: 'object', members }
  }
  return { kind: 'constant', value }
}

/** Every expression of a raw field with its name. */
export function expressionsOf(
  value: unknown,
  field: string,
): readonly { readonly source: string; readonly field: string }[] {
  if (typeof value === 'string') {
    const source = expressionIn(value)
    return source === undefined ? [] : [{ source, field }]
  }
  if (Array.isArray(value)) return value.flatMap((element, at) => expressionsOf(element, `${field}[${at}]`))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) =>
    expressionsOf(member, field === '' ? name : `${field}/${name}`),
  )
}

/** @throws QueryError whose message names expression and field, in AWS's words. */
export async function evaluateTemplate(template: Template, scope: Scope): Promise<Json> {
  switch (template.kind) {
    case 'constant':
      return template.value
    case 'expression':
      return evaluateField(template, scope)
    case 'array': {
      const elements: Json[] = []
      for (const element of template.elements) elements.push(await evaluateTemplate(element, scope))
      return elements
    }
    case 'object': {
      const members: [string, Json][] = []
      for (const [name, member] of template.members) members.push([name, await evaluateTemplate(member, scope)])
      return Object.fromEntries(members)
    }
  }
}

interface Types {
  readonly boolean: boolean
  readonly number: number
  readonly string: string
}

/** As `evaluateTemplate`, for a field that takes only one type. */
export async function evaluateAs<Name extends keyof Types>(
  template: Template,
  scope: Scope,
  expected: Name,
): Promise<Types[Name]> {
  const value = await evaluateTemplate(template, scope)
  // The comparison with a name does not tell the compiler which type that is.
  if (typeof value === expected) return value as Types[Name]
  throw new QueryError(
    `${subjectOf(template)} returned an unexpected result type. Expected '${expected}', but was '${typeOf(value)}' for value: ${JSON.stringify(value)}`,
  )
}

async function evaluateField(template: Template & { kind: 'expression' }, scope: Scope): Promise<Json> {
  try {
    return await template.expression.evaluate(scope)
  } catch (error) {
    if (error instanceof QueryError) throw new QueryError(`${subjectOf(template)} ${error.message}`)
    throw error
  }
}

function subjectOf(template: Template): string {
  if (template.kind !== 'expression') return 'The value'
  return `The JSONata expression '${template.expression.source}' specified for the field '${template.field}'`
}

function typeOf(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function isConstant(template: Template): boolean {
  return template.kind === 'constant'
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
