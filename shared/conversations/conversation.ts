import { type OpenConversation, type Profile, waitsForUs } from '../profiles/profile.ts'
import { customerPartition } from '../profiles/store.ts'
import { dueKeys } from '../time/due.ts'
import type { Item, Key, Write } from '../world/table.ts'

/** Touchpoints both ways on one matter, as its row keeps it; the profile has what decisions need while it is open. */
export interface Conversation {
  readonly id: string
  /** The customer in whose partition it stands. */
  readonly customer: string
  /** `waiting` for us, `answered` and waiting for her, or `closed`. */
  readonly state: 'waiting' | 'answered' | 'closed'
  readonly openedAt: number
  /** What opened it: her message, or a journey. */
  readonly by: string
  readonly channel: string
  readonly inAt: number
  readonly outAt: number
  readonly mutes: boolean
  readonly team?: string | undefined
  /** Who has claimed it; empty where nobody has, absent once it is closed. */
  readonly agent?: string | undefined
  /** The beginning of what she wrote last, or of the note it was handed over with. */
  readonly preview?: string | undefined
  /** The conversation before this one. */
  readonly earlier?: string | undefined
  readonly closedAt?: number | undefined
  readonly closedBy?: string | undefined
  readonly reason?: string | undefined
}

/** Of several, which only a merge leaves, the one in which something was said last: a message of hers goes there. */
export function currentConversation({ conversations }: Profile): string | undefined {
  const latest = Object.entries(conversations).sort(([, one], [, other]) => lastWordAt(other) - lastWordAt(one))
  return latest[0]?.[0]
}

export function lastWordAt({ inAt, outAt }: Pick<OpenConversation, 'inAt' | 'outAt'>): number {
  return Math.max(inAt, outAt)
}

export function conversationKey(customer: string, id: string): Key {
  return { pk: customerPartition(customer), sk: `V#${id}` }
}

/** Leads from a conversation's id to the customer in whose partition it stands. */
export function whereaboutsKey(id: string): Key {
  return { pk: `V#${id}`, sk: 'V' }
}

/** Becomes due when nothing has been said for long. */
export function idleKey(customer: string, id: string): Key {
  return { pk: customerPartition(customer), sk: `${IDLE}${id}` }
}

export const IDLE = 'IDLE#'

/** What an inbox lists. */
export type InboxState = Exclude<Conversation['state'], 'closed'>

/**
 * Index keys of an open conversation: one partition for each team and state, the longest waiting first. Not in shards:
 * people read it, and what a team can answer is far less than what a partition takes.
 */
export function inboxKeys({
  id,
  state,
  team,
  inAt,
  outAt,
}: Pick<Conversation, 'id' | 'team' | 'inAt' | 'outAt'> & { readonly state: InboxState }) {
  const since = state === 'waiting' ? inAt : outAt
  return { ipk: inboxPartition(team, state), isk: `${new Date(since).toISOString()}#${id}` }
}

/** Without a team: what customers began themselves and nobody has been given yet. */
export function inboxPartition(team: string | undefined, state: InboxState): string {
  return `INBOX#${team ?? ''}#${state}`
}

/** The rows of an open conversation as it is now; `more` is what a touchpoint changes besides. */
export function conversationWrites(
  customer: string,
  id: string,
  conversation: OpenConversation,
  { idle, ...more }: Readonly<Record<string, unknown>> & { readonly idle: number },
): readonly Write[] {
  const { home = customer, ...kept } = conversation
  const state = waitsForUs(conversation) ? 'waiting' : 'answered'
  const keys = inboxKeys({ id, state, ...kept })
  const closesAt = lastWordAt(conversation) + idle
  return [
    { set: conversationKey(home, id), attributes: { ...kept, team: kept.team ?? null, state, ...keys, ...more } },
    { set: idleKey(home, id), attributes: { at: lastWordAt(conversation), ...dueKeys(home, closesAt) } },
  ]
}

/** @param ending who closed it, when and why */
export function closingWrites(
  home: string,
  id: string,
  ending: Pick<Conversation, 'closedAt' | 'closedBy' | 'reason'>,
): readonly Write[] {
  const attributes = { ...ending, state: 'closed', agent: null, ipk: null, isk: null }
  return [{ set: conversationKey(home, id), attributes }, { remove: idleKey(home, id) }]
}

export function readConversation(item: Item): Conversation {
  const { pk, sk, ipk: _ipk, isk: _isk, ...attributes } = item
  return { ...attributes, customer: pk.slice(2), id: sk.slice(2) } as unknown as Conversation
}
