import { reachedStates } from '#shared/journeys/compile.ts'
import { type Definition, MACHINE_LIMITS } from '#shared/world/machines.ts'
import { assignedVariables } from './assigned-variables.ts'
import { RunnableDefinition, type StateDefinition, shapeProblems } from './definition.ts'
import { FUNCTIONS, lintExpression } from './lint-expression.ts'
import { expressionsOf } from './template.ts'

/** The two ways in which a state may call a function. */
const RESOURCES = ['arn:aws:states:::lambda:invoke', 'arn:aws:states:::lambda:invoke.waitForTaskToken']

const VARIABLE_NAME = /^[\p{ID_Start}_][\p{ID_Continue}]{0,79}$/u

/** Why a definition may not be published, a line each; empty when it may. */
export function checkDefinition(definition: Definition): readonly string[] {
  if (Buffer.byteLength(JSON.stringify(definition)) > MACHINE_LIMITS.definitionBytes)
    return [`the definition is larger than ${MACHINE_LIMITS.definitionBytes} bytes`]
  const parsed = RunnableDefinition.safeParse(definition)
  if (!parsed.success) return shapeProblems(parsed.error)
  return [...ways(parsed.data), ...stateProblems(parsed.data)]
}

/** Step Functions takes no way that leads nowhere, and no state that nothing leads to. */
function ways(definition: RunnableDefinition): readonly string[] {
  const reached = reachedStates(definition)
  const missing = [...reached].filter((name) => !Object.hasOwn(definition.States, name))
  const lost = Object.keys(definition.States).filter((name) => !reached.has(name))
  return [
    ...missing.map((name) => `States/${name}: something leads to it, and it is not there`),
    ...lost.map((name) => `States/${name}: nothing leads to it`),
  ]
}

function stateProblems(definition: RunnableDefinition): readonly string[] {
  const assigned = assignedVariables(definition)
  return Object.entries(definition.States).flatMap(([name, state]) =>
    [
      ...choiceProblems(state),
      ...callProblems(state),
      ...assignProblems(state),
      ...expressionProblems(state, assigned.get(name) ?? new Set<string>()),
    ].map((problem) => `States/${name}/${problem}`),
  )
}

/** Of some members a state has one, and one only. */
function choiceProblems(state: StateDefinition): readonly string[] {
  const one = (...names: readonly string[]): readonly string[] =>
    names.filter((name) => name in state).length === 1 ? [] : [`${names.join(', ')}: give exactly one of these`]
  return [
    ...('Choices' in state || state.Type === 'Succeed' || state.Type === 'Fail' ? [] : one('Next', 'End')),
    ...(state.Type === 'Wait' ? one('Seconds', 'Timestamp') : []),
  ]
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
