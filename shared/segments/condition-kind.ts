import type { Condition } from './condition.ts'
import type { Scene } from './facts.ts'
import type { Needs } from './needs.ts'

/** What a kind of condition answers about itself; its schema stands beside it. */
export interface ConditionKind<C> {
  readonly holds: (condition: C, scene: Scene, holds: (part: Condition, scene: Scene) => boolean) => boolean
  /** One line of plain English that ends a sentence beginning with "when". */
  readonly describe: (condition: C, describe: (part: Condition) => string) => string
  /** What was looked at, to be shown to people. */
  readonly seen?: (condition: C, scene: Scene, holds: (part: Condition, scene: Scene) => boolean) => unknown
  /** What it looks at; nothing that has to be read or can change where absent. */
  readonly needs?: (condition: C, needs: (part: Condition) => Needs) => Partial<Needs>
  /** The next instant at which time alone may change the answer, infinity for never; never where absent. */
  readonly changesAt?: (condition: C, scene: Scene, changesAt: (part: Condition, scene: Scene) => number) => number
}
