import type { RunnableDefinition, StateDefinition } from './definition.ts'

interface Edge {
  readonly to: string | undefined
  readonly assigns: readonly string[]
}

/** For each state that can be reached, the variables that some way to it has assigned. */
export function assignedVariables(definition: RunnableDefinition): ReadonlyMap<string, ReadonlySet<string>> {
  const assigned = new Map<string, Set<string>>([[definition.StartAt, new Set()]])
  const open = [definition.StartAt]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = definition.States[name]
    if (state === undefined) continue
    for (const { to, assigns } of edgesOf(state)) {
      if (to !== undefined && grow(assigned, to, [...(assigned.get(name) ?? []), ...assigns])) open.push(to)
    }
  }
  return assigned
}

/** Says whether `state` is new or has gained a variable. */
function grow(assigned: Map<string, Set<string>>, state: string, names: readonly string[]): boolean {
  const known = assigned.get(state)
  const grown = new Set([...(known ?? []), ...names])
  assigned.set(state, grown)
  return known === undefined || grown.size > known.size
}

function edgesOf(state: StateDefinition): readonly Edge[] {
  const caught = state.Type === 'Task' ? (state.Catch ?? []) : []
  const rules = state.Type === 'Choice' ? state.Choices : []
  return [...caught, ...rules, { Next: nextOf(state), Assign: 'Assign' in state ? state.Assign : undefined }].map(
    ({ Next, Assign }) => ({ to: Next, assigns: Object.keys(Assign ?? {}) }),
  )
}

function nextOf(state: StateDefinition): string | undefined {
  if (state.Type === 'Choice') return state.Default
  return 'Next' in state ? state.Next : undefined
}
