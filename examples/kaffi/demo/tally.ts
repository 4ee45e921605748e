import type { System } from '#local/system.ts'
import { type Conversation, readConversation } from '#shared/conversations/conversation.ts'
import { type Dispatch, readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { type Enrolment, readEnrolment } from '#shared/journeys/runs/enrolment.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { decode } from '#shared/profiles/store.ts'
import { readTimelineItem } from '#shared/profiles/timeline-row.ts'
import { type DeadLetter, listDeadLetters } from '#shared/recording/doors/dead-letters.ts'
import type { Item } from '#shared/world/table.ts'

type Counters = Readonly<Record<string, number>>

/** What the system itself knows of the day, read from its table. */
export interface Tally {
  readonly counters: Counters
  readonly profiles: readonly Profile[]
  readonly enrolments: readonly Enrolment[]
  readonly dispatches: readonly Dispatch[]
  readonly conversations: readonly Conversation[]
  /** How many touchpoints the system recorded of its own accord: what journeys, segments and conversations did. */
  readonly own: number
  readonly deadLetters: readonly DeadLetter[]
}

const OWN: ReadonlySet<string> = new Set(['journey', 'segment', 'conversations'])

export async function takeTally({ world }: System): Promise<Tally> {
  const profiles: Profile[] = []
  const enrolments: Enrolment[] = []
  const dispatches: Dispatch[] = []
  const conversations: Conversation[] = []
  let own = 0
  for await (const item of rowsOf(world.table)) {
    if (item.sk === 'PROFILE') profiles.push(decode(item))
    else if (item.sk.startsWith('E#')) enrolments.push(readEnrolment(item))
    else if (item.sk.startsWith('D#')) dispatches.push(readDispatch(item))
    else if (item.sk.startsWith('V#') && item.pk.startsWith('C#')) conversations.push(readConversation(item))
    else if (item.sk.startsWith('T#') && OWN.has(readTimelineItem(item).source)) own += 1
  }
  return {
    counters: await readCounters(world),
    profiles,
    enrolments,
    dispatches,
    conversations,
    own,
    deadLetters: await listDeadLetters(world),
  }
}

/** The counters of all days together. */
export async function readCounters({ table }: Pick<System['world'], 'table'>): Promise<Counters> {
  const sums: Record<string, number> = {}
  const { items } = await table.query({ pk: 'S', prefix: 'DAY#', limit: 1_000 })
  for (const item of items)
    for (const [name, value] of Object.entries(item))
      if (typeof value === 'number') sums[name] = (sums[name] ?? 0) + value
  return sums
}

/** How often each value occurs, the most frequent first. */
export function countBy<T>(
  list: readonly T[],
  nameOf: (value: T) => string,
): readonly (readonly [name: string, values: readonly T[]])[] {
  const groups = [...Map.groupBy(list, nameOf)]
  return groups.sort(([one, ones], [other, others]) => others.length - ones.length || (one < other ? -1 : 1))
}

async function* rowsOf(table: System['world']['table']): AsyncGenerator<Item> {
  let cursor: string | undefined
  do {
    const page = await table.scan({ limit: 1_000, ...(cursor === undefined ? {} : { cursor }) })
    yield* page.items
    cursor = page.cursor
  } while (cursor !== undefined)
}
