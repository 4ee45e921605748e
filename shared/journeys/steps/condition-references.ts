import type { Condition } from '../../segments/condition.ts'
import { needs } from '../../segments/needs.ts'
import type { Reference } from './step-kind.ts'

/** What conditions point at. */
export function conditionReferences(conditions: readonly Condition[]): readonly Reference[] {
  return conditions
    .map(needs)
    .flatMap(({ messages, segments }) => [
      ...messages.map(({ message }) => ({ kind: 'message' as const, name: message })),
      ...segments.map((name) => ({ kind: 'segment' as const, name })),
    ])
}
