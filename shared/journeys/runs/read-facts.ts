import type { Profile } from '../../profiles/profile.ts'
import { readTimeline } from '../../profiles/timeline.ts'
import type { Condition } from '../../segments/condition.ts'
import type { Facts } from '../../segments/facts.ts'
import { type Needs, needs } from '../../segments/needs.ts'
import type { Table } from '../../world/table.ts'
import type { World } from '../../world/world.ts'
import { enrolmentKey, type RunMemory, readEnrolment } from './enrolment.ts'
import { factsOf, isUnwatched } from './facts.ts'
import { messageFacts, readDispatches } from './message-facts.ts'
import type { RunInput } from './run.ts'

interface Asked {
  readonly profile: Profile
  readonly run: Pick<RunInput, 'customer' | 'enrolment'>
  readonly conditions: readonly Condition[]
}

/** Reads what the conditions of a step need and no more: the profile alone is most often enough. */
export async function readFacts(
  world: Pick<World, 'table' | 'clock'>,
  { profile, run, conditions }: Asked,
): Promise<Facts> {
  const needed = conditions.map(needs)
  const now = world.clock.now()
  const [memory, timeline, dispatches] = await Promise.all([
    needed.some(({ entry }) => entry) ? readMemory(world.table, run) : undefined,
    needed.some((need) => isUnwatched(profile, need))
      ? readTimeline(world, profile, { sinceAt: earliest(needed, now) })
      : [],
    needed.some((need) => need.messages.length > 0) ? readDispatches(world.table, profile) : [],
  ])
  return factsOf({ now, profile, ...memory, timeline, messages: messageFacts(dispatches, run.enrolment) })
}

async function readMemory(table: Table, { customer, enrolment }: Asked['run']): Promise<RunMemory | undefined> {
  const item = await table.get(enrolmentKey(customer, enrolment))
  if (item === undefined) return undefined
  const { entry, saved } = readEnrolment(item)
  return { entry, saved }
}

function earliest(needed: readonly Needs[], now: number): number {
  const starts = needed.flatMap(({ touchpoints }) =>
    touchpoints.map(({ withinMs, sinceAt }) => Math.max(sinceAt ?? 0, withinMs === undefined ? 0 : now - withinMs)),
  )
  return Math.min(...starts)
}
