import * as z from 'zod'
import { closeConversation } from '#shared/recording/conversations/close-conversation.ts'
import { reply } from '#shared/recording/conversations/reply.ts'
import { acceptEvents } from '#shared/recording/doors/accept-events.ts'
import { HOUR } from '#shared/time/duration.ts'
import { feedbackFrom } from '../outbox.ts'
import type { System } from '../system.ts'
import type { Persona } from './persona.ts'
import { nextWakeAt, readFacts } from './story-facts.ts'

/** What one can have her do, and the care team for her. */
export const Act = z.discriminatedUnion('action', [
  z.strictObject({ action: z.enum(['look', 'order', 'buy', 'complain', 'stop', 'skip']) }),
  z.strictObject({ action: z.literal('close') }),
  z.strictObject({ action: z.literal('reply'), text: z.string().trim().min(1).max(500) }),
  z.strictObject({ action: z.literal('notifications'), allowed: z.boolean() }),
  z.strictObject({ action: z.enum(['open', 'click']), message: z.string() }),
])

export type Act = z.infer<typeof Act>

/** `unknown-message` when she has no such message, `no-conversation` when none of hers is open. */
export type ActOutcome = 'done' | 'unknown-message' | 'no-conversation' | 'not-accepted'

const FLAT_WHITE = { name: 'Oat flat white', quantity: 1, price: 4 }
const CROISSANT = { name: 'Butter croissant', quantity: 1, price: 2.5 }
const STORE = { store: 'vesterbro', store_name: 'Kaffi Vesterbro' }

/** Has her do it, by the door that every app uses. */
export async function act(system: System, persona: Persona, wanted: Act): Promise<ActOutcome> {
  if (wanted.action === 'skip') return skip(system, persona)
  if (wanted.action === 'stop') return stop(system, persona)
  if (wanted.action === 'complain') return complain(system, persona)
  if (wanted.action === 'reply' || wanted.action === 'close') return answer(system, persona, wanted)
  if ('message' in wanted) return read(system, persona, wanted)
  return send(
    system,
    wanted.action === 'notifications'
      ? notifications(persona, wanted.allowed)
      : visits(system, persona)[wanted.action](),
  )
}

function visits(
  { world }: System,
  { identifiers, device }: Persona,
): Readonly<Record<'look' | 'order' | 'buy', () => object>> {
  const { userId, loyaltyCard = '' } = identifiers
  const order = { total: 6.5, items: [FLAT_WHITE, CROISSANT], ...STORE }
  // Ids sort by time, so their middle tells one order from the next and is short enough to say.
  const order_id = (): string => `K${world.ids.next().slice(6, 13).toUpperCase()}`
  return {
    look: () => ({
      type: 'product.viewed',
      channel: 'web',
      identifiers: { userId, anonymousId: `${userId}s-laptop` },
      properties: { product: FLAT_WHITE.name, price: FLAT_WHITE.price },
    }),
    order: () => ({
      type: 'order.started',
      channel: 'app',
      identifiers: { userId },
      ...(device === undefined ? {} : { device: { id: device.id } }),
      properties: { order_id: order_id(), ...order },
    }),
    buy: () => ({
      type: 'order.completed',
      channel: 'store',
      identifiers: { loyaltyCard },
      properties: { order_id: order_id(), ...order },
    }),
  }
}

/** In the app, about what she ordered last. */
async function complain(system: System, persona: Persona): Promise<ActOutcome> {
  const { identifiers, device } = persona
  const facts = await readFacts(system, persona)
  const { order_id } = facts?.touchpoints.findLast(({ type }) => type.startsWith('order.'))?.properties ?? {}
  return send(system, {
    type: 'complaint.made',
    channel: 'app',
    identifiers: { userId: identifiers.userId },
    ...(device === undefined ? {} : { device: { id: device.id } }),
    properties: {
      complaint_id: system.world.ids.next(),
      ...(order_id === undefined ? {} : { order_id }),
      topic: 'Cold drink',
      text: 'My flat white was cold.',
    },
  })
}

/** Of the care team. */
const AGENT = 'mia'

async function answer(
  system: System,
  persona: Persona,
  wanted: { readonly action: 'close' } | { readonly action: 'reply'; readonly text: string },
): Promise<ActOutcome> {
  const { world } = system
  const conversation = (await readFacts(system, persona))?.conversations.findLast(({ state }) => state !== 'closed')
  if (conversation === undefined) return 'no-conversation'
  const { id } = conversation
  if (wanted.action === 'close') await closeConversation(world, id, { agent: AGENT, reason: 'made good' })
  else await reply(world, { conversation: id, agent: AGENT, text: wanted.text, reply: world.ids.next() })
  return 'done'
}

/** Without a token her phone cannot be notified, and messages find another way. */
function notifications({ identifiers, device }: Persona, allowed: boolean): object {
  const { id = 'phone', pushToken = 'push-token', platform = 'ios' } = device ?? {}
  const { userId } = identifiers
  return {
    type: 'device.updated',
    channel: 'app',
    identifiers: { userId },
    device: { id, platform, pushToken: allowed ? pushToken : null },
  }
}

async function stop(system: System, persona: Persona): Promise<ActOutcome> {
  const { phone = '' } = persona.identifiers
  const facts = await readFacts(system, persona)
  const last = facts?.messages.findLast(({ channel }) => channel === 'sms')
  const text = 'STOP'
  if (last !== undefined) return publish(system, feedbackFrom(last, 'answered', { now: system.clock.now(), text }))
  return send(system, { type: 'message.answered', channel: 'sms', identifiers: { phone }, properties: { text } })
}

async function read(
  system: System,
  persona: Persona,
  { action, message: id }: { readonly action: 'open' | 'click'; readonly message: string },
): Promise<ActOutcome> {
  const facts = await readFacts(system, persona)
  const message = facts?.messages.find((one) => one.id === id)
  if (message === undefined) return 'unknown-message'
  return publish(system, feedbackFrom(message, action === 'open' ? 'opened' : 'clicked', { now: system.clock.now() }))
}

/** To the moment at which one of her runs goes on, or an hour on when none waits. */
async function skip(system: System, persona: Persona): Promise<ActOutcome> {
  const facts = await readFacts(system, persona)
  const wakesAt = facts === undefined ? undefined : nextWakeAt(facts)
  await system.clock.advance(wakesAt === undefined ? HOUR : wakesAt - system.clock.now())
  return 'done'
}

async function send({ world }: System, event: object): Promise<ActOutcome> {
  const [answer] = await acceptEvents(world, [event])
  return answer?.status === 'accepted' ? 'done' : 'not-accepted'
}

/** As the provider of a channel reports it. */
async function publish({ world }: System, feedback: ReturnType<typeof feedbackFrom>): Promise<ActOutcome> {
  const [result] = await world.bus.publish([{ source: 'outbox', detailType: feedback.type, detail: { ...feedback } }])
  return result?.accepted === true ? 'done' : 'not-accepted'
}
