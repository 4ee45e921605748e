import type { World } from '../world/world.ts'
import {
  type Conversation,
  conversationKey,
  type InboxState,
  inboxPartition,
  readConversation,
} from './conversation.ts'

export interface InboxQuery {
  /** Without: those of all teams, and those that no team has. */
  readonly team?: string | undefined
  /** Default: those that wait for us. */
  readonly state?: InboxState | undefined
  readonly limit?: number | undefined
  /** As the page before returned it. */
  readonly cursor?: string | undefined
}

export interface InboxPage {
  /** The longest waiting first. */
  readonly conversations: readonly Conversation[]
  readonly cursor?: string
}

const LIMIT = 50

/** @param teams those of the brand */
export async function listInbox(
  { table }: Pick<World, 'table'>,
  teams: readonly string[],
  { team, state = 'waiting', limit = LIMIT, cursor }: InboxQuery,
): Promise<InboxPage> {
  const partitions = team === undefined ? [undefined, ...teams] : [team]
  // Just after the last one of the page before: the keys end with the conversation's id.
  const from = cursor === undefined ? {} : { from: `${cursor}!` }
  const pages = await Promise.all(
    partitions.map((one) => table.queryIndex({ pk: inboxPartition(one, state), limit: limit + 1, ...from })),
  )
  const found = pages.flatMap(({ items }) => items).sort((one, other) => ((one.isk ?? '') < (other.isk ?? '') ? -1 : 1))
  const shown = found.slice(0, limit)
  // The index may be stale: the rows say who has it now.
  const rows =
    shown.length === 0 ? [] : await table.getMany(shown.map(({ pk, sk }) => conversationKey(pk.slice(2), sk.slice(2))))
  const last = shown.at(-1)?.isk
  return {
    conversations: rows.flatMap((item) => (item === undefined || item.state !== state ? [] : [readConversation(item)])),
    ...(found.length > limit && last !== undefined ? { cursor: last } : {}),
  }
}
