import { InvalidInput } from '../errors/errors.ts'
import type { World } from '../world/world.ts'
import { type Conversation, conversationKey, readConversation, whereaboutsKey } from './conversation.ts'

/** @throws InvalidInput when there is none with this id. */
export async function findConversation({ table }: Pick<World, 'table'>, id: string): Promise<Conversation> {
  const whereabouts = await table.get(whereaboutsKey(id))
  const item =
    typeof whereabouts?.customer === 'string' ? await table.get(conversationKey(whereabouts.customer, id)) : undefined
  if (item === undefined)
    throw new InvalidInput(
      'conversation.unknown',
      `There is no conversation ${id}; "conversations list" shows those that are open.`,
    )
  return readConversation(item)
}
