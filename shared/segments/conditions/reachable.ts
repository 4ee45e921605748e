import * as z from 'zod'
import { name } from '../../documents/fields.ts'
import type { ConditionKind } from '../condition-kind.ts'

/** We know where to reach her on a channel. */
export interface Reachable {
  readonly kind: 'reachable'
  readonly channel: string
}

export const reachableSchema = z
  .strictObject({ reachable: name })
  .transform(({ reachable }): Reachable => ({ kind: 'reachable', channel: reachable }))

export const reachable: ConditionKind<Reachable> = {
  holds: ({ channel }, { facts }) => facts.reachable(channel),
  describe: ({ channel }) => `she can be reached by ${channel}`,
  needs: () => ({ reachable: true }),
}
