import { requireFree } from '../../conversations/claim.ts'
import { IDLE, lastWordAt } from '../../conversations/conversation.ts'
import { CLOSED } from '../../conversations/converse.ts'
import { findConversation } from '../../conversations/find-conversation.ts'
import { Conflict } from '../../errors/errors.ts'
import type { OpenConversation } from '../../profiles/profile.ts'
import { loadProfile } from '../../profiles/store.ts'
import { dueKeys } from '../../time/due.ts'
import type { Touchpoint } from '../../touchpoints/touchpoint.ts'
import type { Item } from '../../world/table.ts'
import { idleTime } from '../keep-conversations.ts'
import { recordTouchpoints } from '../record-touchpoints.ts'
import type { RecordWorld } from '../recording.ts'

interface Closing {
  readonly agent: string
  readonly reason?: string | undefined
  /** The last word that the agent has read (epoch ms); default the last there is. */
  readonly seenAt?: number | undefined
}

/**
 * An agent ends a conversation; journeys that wait for that go on.
 * @throws Conflict when somebody else has it, it is closed already, or something was said that the agent has not read
 */
export async function closeConversation(
  world: RecordWorld,
  id: string,
  { agent, reason, seenAt }: Closing,
): Promise<void> {
  const conversation = requireFree(await findConversation(world, id), agent)
  const silentSince = seenAt ?? lastWordAt(conversation)
  const properties = { agent, reason: reason ?? 'closed by an agent', silentSince }
  const [recorded] = await recordTouchpoints(world, [
    closing(world, conversation.customer, id, conversation, properties),
  ])
  if (recorded?.outcome === 'rejected')
    throw new Conflict(
      'conversation.spoken-meanwhile',
      'Something was said in this conversation meanwhile; read it, then answer or close it.',
    )
}

/** Nothing has been said for long: it is closed, unless somebody has said something since. */
export async function closeIdle(world: RecordWorld, item: Item): Promise<void> {
  const { pk, sk } = item
  const id = sk.slice(IDLE.length)
  const customer = pk.slice(2)
  const open = (await loadProfile(world, customer))?.conversations[id]
  if (open === undefined) {
    await world.table.write([{ remove: { pk, sk } }])
    return
  }
  const silentSince = lastWordAt(open)
  const closesAt = silentSince + (await idleTime(world))
  if (closesAt > world.clock.now())
    await world.table.write([{ set: { pk, sk }, attributes: dueKeys(customer, closesAt), when: 'present' }])
  else await recordTouchpoints(world, [closing(world, customer, id, open, { reason: 'idle', silentSince })])
}

function closing(
  { clock }: RecordWorld,
  customer: string,
  id: string,
  open: Pick<OpenConversation, 'channel'>,
  properties: Touchpoint['properties'] & { readonly silentSince: number },
): Touchpoint {
  const now = clock.now()
  return {
    id: `closed-${id}-${properties.silentSince}`,
    type: CLOSED,
    occurredAt: now,
    recordedAt: now,
    timed: true,
    channel: open.channel,
    direction: 'out',
    identifiers: { customerId: customer },
    properties,
    conversation: id,
    depth: 0,
    mode: 'live',
    source: 'conversations',
  }
}
