import type { Brand } from '../brand/brand.ts'
import { type Conversation, readConversation } from '../conversations/conversation.ts'
import { concernsConversations, converse, OPENED, type Talk } from '../conversations/converse.ts'
import { BRAND } from '../dispatches/brand-documents.ts'
import { livePublished } from '../documents/published.ts'
import type { Profile } from '../profiles/profile.ts'
import { customerPartition } from '../profiles/store.ts'
import { DAY } from '../time/duration.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { World } from '../world/world.ts'

type KeepWorld = Pick<World, 'table' | 'clock'>

/** Where no brand is published yet. */
const IDLE = 7 * DAY

/** What a touchpoint means for her conversations; most mean nothing, and read nothing. */
export async function talkOf(world: KeepWorld, profile: Profile, touchpoint: Touchpoint): Promise<Talk> {
  if (!concernsConversations(touchpoint)) return { profile, touchpoint, writes: [] }
  const idle = await idleTime(world)
  const known = touchpoint.type === OPENED ? await withEarlier(world, profile, touchpoint) : touchpoint
  return converse(profile, known, { idle, now: world.clock.now() })
}

/** After so long without a word a conversation is closed (ms). */
export async function idleTime(world: KeepWorld): Promise<number> {
  const brand = (await livePublished<Brand>(world, 'brand')).get(BRAND)?.content
  return brand?.conversations.idle ?? IDLE
}

/** All her conversations, the latest first. */
export async function conversationsOf(
  { table }: Pick<World, 'table'>,
  { id, aliases }: Pick<Profile, 'id' | 'aliases'>,
): Promise<readonly Conversation[]> {
  const pages = await Promise.all(
    [id, ...aliases].map((customer) => table.query({ pk: customerPartition(customer), prefix: 'V#', limit: 1_000 })),
  )
  const all = pages.flatMap(({ items }) => items.map(readConversation))
  return all.sort((one, other) => other.openedAt - one.openedAt)
}

/** The conversation before this one, so that nobody has to begin again. */
async function withEarlier(world: KeepWorld, profile: Profile, touchpoint: Touchpoint): Promise<Touchpoint> {
  const earlier = (await conversationsOf(world, profile)).find(({ id }) => id !== touchpoint.conversation)
  if (earlier === undefined) return touchpoint
  return { ...touchpoint, properties: { ...touchpoint.properties, earlier: earlier.id } }
}
