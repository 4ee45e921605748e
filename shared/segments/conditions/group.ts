import * as z from 'zod'
import type { Condition } from '../condition.ts'
import type { ConditionKind } from '../condition-kind.ts'

export interface Group {
  readonly kind: 'all' | 'any' | 'none'
  readonly of: readonly Condition[]
}

export function groupSchemas(part: z.ZodType<Condition>) {
  const parts = z.array(part).min(1)
  return {
    all: z.strictObject({ all: parts }).transform(({ all }): Group => ({ kind: 'all', of: all })),
    any: z.strictObject({ any: parts }).transform(({ any }): Group => ({ kind: 'any', of: any })),
    none: z.strictObject({ none: parts }).transform(({ none }): Group => ({ kind: 'none', of: none })),
  }
}

export const group: ConditionKind<Group> = {
  holds: ({ kind, of }, scene, holds) => {
    if (kind === 'all') return of.every((part) => holds(part, scene))
    return of.some((part) => holds(part, scene)) === (kind === 'any')
  },
  describe: ({ kind, of }, describe) => {
    const lines = of.map((part) => ('of' in part ? `(${describe(part)})` : describe(part)))
    return kind === 'none' ? `none of these: ${lines.join('; ')}` : lines.join(kind === 'all' ? ' and ' : ' or ')
  },
  changesAt: ({ of }, scene, changesAt) => Math.min(...of.map((part) => changesAt(part, scene))),
}
