import type { Right } from './rights.ts'

/** One statement of a role, its resources as they will be when it is deployed. */
export interface Statement {
  readonly actions: readonly string[]
  /** With `*` for any text. */
  readonly resources: readonly string[]
  /** By operator and key: `{ StringEquals: { 'iam:PassedToService': ['states.amazonaws.com'] } }`. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

/** As IAM decides it, for policies without `Deny`. */
export function isAllowed(right: Right, statements: readonly Statement[]): boolean {
  return statements.some((statement) => allows(statement, right))
}

export function allows({ actions, resources, conditions }: Statement, right: Right): boolean {
  return (
    actions.includes(right.action) &&
    resources.some((pattern) => covers(pattern, right.resource)) &&
    holds(conditions, right)
  )
}

/** Whether a resource of a policy stands for an ARN. */
export function covers(pattern: string, arn: string): boolean {
  const literally = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literally.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(arn)
}

/** What is not in the context of a request fails `StringEquals`, and passes where all values there are must be equal. */
const OPERATORS: Readonly<Record<string, (wanted: readonly string[], given: readonly string[]) => boolean>> = {
  StringEquals: (wanted, [given]) => given !== undefined && wanted.includes(given),
  'ForAllValues:StringEquals': (wanted, given) => given.every((one) => wanted.includes(one)),
}

function holds(conditions: Statement['conditions'], { context = {} }: Right): boolean {
  return Object.entries(conditions).every(([operator, keys]) => {
    const compare = OPERATORS[operator]
    if (compare === undefined) throw new Error(`What does ${operator} in a policy mean?`)
    return Object.entries(keys).every(([key, wanted]) => compare(wanted, context[key] ?? []))
  })
}
