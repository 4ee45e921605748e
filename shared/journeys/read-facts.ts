import { type Dispatch, readDispatch } from '../dispatches/dispatch-row.ts'
import type { Profile } from '../profiles/profile.ts'
import { customerPartition } from '../profiles/store.ts'
import { readTimeline } from '../profiles/timeline.ts'
import type { Condition } from '../segments/condition.ts'
import { type Facts, MESSAGE_STATES } from '../segments/facts.ts'
import { type Needs, needs } from '../segments/needs.ts'
import type { Table } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { enrolmentKey, readEnrolment } from './enrolment.ts'
import { factsOf } from './facts.ts'
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
  const [entry, timeline, messages] = await Promise.all([
    needed.some((need) => need.entry) ? readEntry(world.table, run) : undefined,
    needed.some((need) => need.touchpoints.length > 0)
      ? readTimeline(world, profile, { sinceAt: earliest(needed, now) })
      : [],
    needed.some((need) => need.messages.length > 0) ? readMessages(world.table, profile, run.enrolment) : [],
  ])
  return factsOf({ now, profile, entry, timeline, messages })
}

async function readEntry(
  table: Table,
  { customer, enrolment }: Asked['run'],
): Promise<ReturnType<typeof readEnrolment>['entry'] | undefined> {
  const item = await table.get(enrolmentKey(customer, enrolment))
  return item === undefined ? undefined : readEnrolment(item).entry
}

function earliest(needed: readonly Needs[], now: number): number {
  const starts = needed.flatMap(({ touchpoints }) =>
    touchpoints.map(({ withinMs, sinceAt }) => Math.max(sinceAt ?? 0, withinMs === undefined ? 0 : now - withinMs)),
  )
  return Math.min(...starts)
}

type KnownMessage = NonNullable<Parameters<typeof factsOf>[0]['messages']>[number]

async function readMessages(
  table: Table,
  { id, aliases }: Profile,
  enrolment: string,
): Promise<readonly KnownMessage[]> {
  const pages = await Promise.all(
    [id, ...aliases].map((customer) => table.query({ pk: customerPartition(customer), prefix: 'D#', limit: 1_000 })),
  )
  return pages.flatMap(({ items }) => items.flatMap((item) => statesOf(readDispatch(item), enrolment)))
}

function statesOf(dispatch: Dispatch, enrolment: string): readonly KnownMessage[] {
  return MESSAGE_STATES.flatMap((state) => {
    const at = dispatch[`${state}At`]
    return at === undefined ? [] : [{ message: dispatch.message, state, at, run: dispatch.enrolment === enrolment }]
  })
}
