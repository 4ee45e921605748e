import type { Json } from '#shared/world/table.ts'
import type { Exit } from './machine.ts'
import { assertPayloadSize } from './payload.ts'
import { type Position, type Run, type Step, scopeOf, type Variables } from './position.ts'
import { evaluateTemplate } from './template.ts'

/**
 * Leaves a state. Assign and Output are both computed from what held at its entry: neither sees the other.
 * @param seen what `$states` holds besides input and context.
 * @param byDefault the output where the state says nothing of its own.
 */
export async function leave(
  run: Run,
  position: Position,
  exit: Exit,
  { seen, byDefault }: { readonly seen?: Readonly<Record<string, Json>>; readonly byDefault: Json },
): Promise<Step> {
  const scope = scopeOf(run, position, seen)
  // Assign is an object in every definition, and its template gives an object.
  const assigned = exit.assign && ((await evaluateTemplate(exit.assign, scope)) as Variables)
  const output = exit.output === undefined ? byDefault : await evaluateTemplate(exit.output, scope)
  if (assigned !== undefined) assertPayloadSize(assigned, position.state)
  if (exit.output !== undefined) assertPayloadSize(output, position.state)
  run.observe?.({ kind: 'left', state: position.state, output, assigned }, run.execution.name)
  if (exit.next === undefined) return { kind: 'succeeded', output }
  return {
    kind: 'move',
    to: exit.next,
    input: output,
    variables: assigned === undefined ? position.variables : { ...position.variables, ...assigned },
    events: position.events + 1,
  }
}
