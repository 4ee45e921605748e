import { Conflict } from '../errors/errors.ts'
import type { World } from '../world/world.ts'
import { type Conversation, conversationKey } from './conversation.ts'
import { findConversation } from './find-conversation.ts'
import { noteItem } from './notes.ts'

type ClaimWorld = Pick<World, 'table' | 'clock' | 'ids'>

interface Claim {
  readonly agent: string
  /** Takes it from whoever has it; that stands among the notes. */
  readonly force?: boolean | undefined
}

/**
 * One agent at a time: of two who claim at once one has it, and the other is told who. Whoever has it may claim again.
 * A claim lasts until it is released, taken over, or the conversation goes to another team or ends.
 * @throws Conflict `conversation.claimed` when somebody else has it; `conversation.closed` when it is over.
 */
export async function claimConversation(world: ClaimWorld, id: string, { agent, force }: Claim): Promise<Conversation> {
  const conversation = requireOpen(await findConversation(world, id))
  const { customer, agent: holder = '' } = conversation
  if (holder === agent) return conversation
  if (holder !== '' && force !== true) throw heldBy(holder)
  const now = world.clock.now()
  const key = conversationKey(customer, id)
  const taken = { id: world.ids.next(), at: now, by: agent, text: `took it over from ${holder}` }
  const { committed } = await world.table.write([
    { set: key, attributes: { agent, claimedAt: now }, when: { attributeIs: ['agent', holder] } },
    ...(holder === '' ? [] : [{ put: noteItem(customer, id, taken) }]),
  ])
  if (committed) return { ...conversation, agent }
  const { agent: faster = '' } = requireOpen(await findConversation(world, id))
  throw heldBy(faster)
}

/** @throws Conflict when somebody else has it. */
export async function releaseConversation(world: Pick<World, 'table'>, id: string, agent: string): Promise<void> {
  const { customer, agent: holder = '' } = await findConversation(world, id)
  if (holder === '') return
  if (holder !== agent) throw heldBy(holder)
  const when = { attributeIs: ['agent', agent] } as const
  await world.table.write([{ set: conversationKey(customer, id), attributes: { agent: '', claimedAt: null }, when }])
}

/** @throws Conflict when it is over. */
export function requireOpen(conversation: Conversation): Conversation {
  if (conversation.state !== 'closed') return conversation
  throw new Conflict(
    'conversation.closed',
    'This conversation is closed; when she writes again, a new one begins that leads to it.',
  )
}

/** @throws Conflict when it is over, or another agent has it. */
export function requireFree(conversation: Conversation, agent: string): Conversation {
  const { agent: holder = '' } = requireOpen(conversation)
  if (holder !== '' && holder !== agent) throw heldBy(holder)
  return conversation
}

function heldBy(agent: string): Conflict {
  return new Conflict('conversation.claimed', `${agent} has this conversation; ask, or take it over with --force.`)
}
