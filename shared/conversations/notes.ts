import { customerPartition } from '../profiles/store.ts'
import type { Item } from '../world/table.ts'
import type { World } from '../world/world.ts'

/** What people of ours tell each other about a conversation; she never sees it. */
export interface Note {
  readonly id: string
  readonly at: number
  /** An agent, or the journey that handed the conversation over. */
  readonly by: string
  readonly text: string
}

export function noteItem(customer: string, conversation: string, { id, at, by, text }: Note): Item {
  const sk = `N#note#${conversation}#${new Date(at).toISOString()}#${id}`
  return { pk: customerPartition(customer), sk, at, by, text }
}

/** Oldest first. */
export async function notesOf(
  { table }: Pick<World, 'table'>,
  { customer, id }: { readonly customer: string; readonly id: string },
): Promise<readonly Note[]> {
  const prefix = `N#note#${id}#`
  const { items } = await table.query({ pk: customerPartition(customer), prefix, limit: 1_000 })
  return items.map(({ sk, at, by, text }) => ({ id: sk.split('#').at(-1), at, by, text }) as Note)
}
