import { validateDefinition } from '#shared/journeys/versions/validate-definition.ts'
import { type Definition, MACHINE_LIMITS } from '#shared/world/machines.ts'
import { assignedVariables } from './assigned-variables.ts'
import { RunnableDefinition, type StateDefinition, shapeProblems } from './definition.ts'
import { FUNCTIONS, lintExpression } from './lint-expression.ts'
import { expressionsOf } from './template.ts'

/** The two ways in which a state may call a function. */
const RESOURCES = ['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken']

const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u

/** Why a definition may not be published, a line each; empty when it may. */
export async function checkDefinition(definition: Definition): Promise<readonly string[]> {
  if (Buffer.byteLength(JSON.stringify(definition)) > MACHINE_LIMITS.definitionBytes)
    return [`the definition is larger than ${MACHINE_LIMITS.definitionBytes} bytes`]
  const parsed = RunnableDefinition.safeParse(definition)
  if (!parsed.success) return shapeProblems(parsed.error)
  return [...(await validateDefinition(definition)), ...stateProblems(parsed.data)]
}

function stateProblems(definition: RunnableDefinition): readonly string[] {
  const assigned = assignedVariables(definition)
  return Object.entries(definition.States).flatMap(([name, state]) =>
    [
      ...callProblems(state),
      ...assignProblems(state),
      ...expressionProblems(state, assigned.get(name) ?? new Set<string>()),
    ].map((problem) => `States/${name}/${problem}`),
  )
}

function callProblems(state: StateDefinition): readonly string[] {
  if (state.Type !== 'Task') return []
  if (!RESOURCES.includes(state.Resource)) return [`Resource: only ${RESOURCES.join(' and ')} run here`]
  const given = (state.Arguments ?? {}) as Readonly<Record<string, unknown>>
  const unknown = Object.keys(given).filter((name) => name !== 'FunctionName' && name !== 'Payload')
  return [
    ...(typeof given.FunctionName === 'string' ? [] : ['Arguments/FunctionName: name the function to invoke']),
    ...unknown.map((name) => `Arguments/${name}: an invocation here takes FunctionName and Payload only`),
  ]
}

function assignProblems(state: StateDefinition): readonly string[] {
  const caught = state.Type === 'Task' ? (state.Catch ?? []) : []
  const rules = state.Type === 'Choice' ? state.Choices : []
  const own = 'Assign' in state ? [{ Assign: state.Assign }] : []
  return [...own, ...caught, ...rules]
    .flatMap(({ Assign }) => Object.keys(Assign ?? {}))
    .filter((name) => name === 'states' || FUNCTIONS.has(name) || !VARIABLE_NAME.test(name) || name in {})
    .map((name) => `Assign/${name}: not a name for a variable`)
}

function expressionProblems(state: StateDefinition, assigned: ReadonlySet<string>): readonly string[] {
  return expressionsOf(state, '').flatMap(({ source, field }) => {
    const { problems, variables, states } = lintExpression(source)
    return [
      ...problems,
      ...variables.filter((name) => !assigned.has(name)).map((name) => `$${name} is assigned on no way to this state`),
      ...states.filter((part) => !isThere(part, state, field)).map((part) => `$states.${part} does not exist here`),
    ].map((problem) => `${field}: ${problem}`)
  })
}

/** Where the parts of `$states` have a value; Step Functions refuses the rest, too. */
function isThere(part: string, state: StateDefinition, field: string): boolean {
  if (part === 'input' || part === 'context') return true
  if (part === 'errorOutput') return field.startsWith('Catch[')
  return part === 'result' && state.Type === 'Task' && (field.startsWith('Output') || field.startsWith('Assign'))
}
