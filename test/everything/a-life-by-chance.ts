import { listInbox } from '#shared/conversations/inbox.ts'
import { isNamed } from '#shared/errors/errors.ts'
import { liveJourneys } from '#shared/journeys/versions/live.ts'
import { beginMove } from '#shared/journeys/versions/move.ts'
import type { MoveRules } from '#shared/journeys/versions/move-plan.ts'
import { type Steering, steer } from '#shared/journeys/versions/steer.ts'
import { assignConversation } from '#shared/recording/conversations/assign-conversation.ts'
import { closeConversation } from '#shared/recording/conversations/close-conversation.ts'
import { reply } from '#shared/recording/conversations/reply.ts'
import { acceptEvents } from '#shared/recording/doors/accept-events.ts'
import { askToEnrol } from '#shared/recording/doors/ask-to-enrol.ts'
import type { World } from '#shared/world/world.ts'
import { aBrandFile, publishTo } from '#test/builders/a-system.ts'
import { MESSAGES } from '#test/builders/some-journey.ts'
import { aJourney, pick, type Random, SEGMENTS } from './a-brand-by-chance.ts'

export const PEOPLE = ['ada', 'bo', 'cy'] as const

const BRAND = aBrandFile({
  offers: '{ consent: required, channels: [push, sms], deadline: 2 days, caps: [{ up to: 3, per: 1 day }] }',
})

const NAMES = ['one', 'two', 'three']

type Journeys = Readonly<Record<string, string>>

/** Publishes journeys by chance, until there are some that may be published. @returns all of them */
export async function publishByChance(
  world: World,
  random: Random,
  names: readonly string[] = NAMES,
  others: Journeys = {},
): Promise<Journeys> {
  for (;;) {
    const apis = random() < 0.5 ? ['three'] : []
    const journeys = { ...others, ...Object.fromEntries(names.map((name) => [name, aJourney(random, name, apis)])) }
    if (await mayBePublished(world, journeys)) return journeys
  }
}

async function mayBePublished(world: World, journeys: Journeys): Promise<boolean> {
  const folder = { journeys, segments: SEGMENTS, messages: MESSAGES, forms: ['sms', 'push'] as const, brand: BRAND }
  try {
    await publishTo(world, folder)
    return true
  } catch (error) {
    // Our own errors have names; the one that tells of problems in the folder has none.
    if (error instanceof Error && error.name !== 'Error' && !isNamed(error, 'Unavailable')) throw error
    return false
  }
}

export function phoneOf(person: string): string {
  return `+452012345${PEOPLE.indexOf(person as 'ada')}`
}

export function signedUp(person: string, n: number): object {
  return {
    id: `signed-up-${person}`,
    type: 'customer.signed-up',
    identifiers: { userId: person, phone: phoneOf(person) },
    device: { id: `phone-${person}`, platform: 'ios', pushToken: `token-${person}` },
    traits: { plan: n % 2 === 0 ? 'pro' : 'free', birthday: `1990-03-1${n + 1}`, pointsExpireOn: '2026-03-20' },
    consent: { offers: { sms: true, push: true } },
  }
}

/** Something that she does. */
export function anEvent(random: Random, n: number): object {
  const person = pick(random, PEOPLE)
  const anonymous = { anonymousId: `anonymous-${pick(random, [1, 2, 3])}` }
  const known = { userId: person }
  const identifiers = pick(random, [known, known, known, anonymous, { ...known, ...anonymous }])
  const says = (text: string) => ({
    type: 'message.answered',
    channel: 'sms',
    identifiers: { phone: phoneOf(person) },
    properties: { text },
  })
  const order = { order_id: pick(random, ['o1', 'o2', 'o3']), total: pick(random, [5, 15]) }
  const event = pick<() => object>(random, [
    () => ({ type: 'page.viewed', identifiers }),
    () => ({ type: 'page.viewed', identifiers }),
    () => ({ type: 'cart.viewed', identifiers, properties: order }),
    () => ({ type: 'order.started', identifiers, properties: order }),
    () => ({ type: 'order.started', identifiers, properties: order }),
    () => ({ type: 'order.completed', identifiers, properties: order }),
    () => ({ type: 'customer.updated', identifiers, traits: { plan: pick(random, ['pro', 'free']) } }),
    () => ({ type: 'consent.withdrawn', identifiers: known, consent: { offers: { sms: false } } }),
    () => ({ type: 'consent.given', identifiers: known, consent: { offers: { sms: true, push: true } } }),
    () => says('STOP'),
    () => says('START'),
    () => says('Thanks!'),
    () => says(`Where is it? (${n})`),
    () => says(`Hello? (${n})`),
    () => ({ type: 'message.bounced', channel: 'sms', identifiers: { phone: phoneOf(person) }, properties: {} }),
  ])()
  return { id: `event-${n}`, ...event }
}

/** Something that somebody of ours does. @returns the journeys as they are published then */
export async function anAct(world: World, random: Random, moment: number, journeys: Journeys): Promise<Journeys> {
  const name = pick(random, NAMES)
  switch (pick(random, ['steer', 'steer', 'move', 'publish', 'agent', 'agent', 'enrol'])) {
    case 'steer':
      await steer(world, name, pick<Steering>(random, ['pause', 'resume', 'resume', 'retire']), 'ops')
      return journeys
    case 'publish':
      return publishByChance(world, random, [name], journeys)
    case 'move':
      await moveAll(world, name, pick(random, ['keep', 'restart', 'leave'] as const))
      return journeys
    case 'enrol':
      if ((await liveJourneys(world)).get('three')?.content.document.enter.on.kind === 'api')
        await askToEnrol(world, 'three', { customer: { userId: pick(random, PEOPLE) }, id: `enrol-${moment}` })
      return journeys
    default:
      await answerSomebody(world, random, moment)
      return journeys
  }
}

/** Whoever stands at a step without a counterpart stays. */
async function moveAll(
  world: World,
  name: string,
  waits: MoveRules['waits'],
  stay: readonly string[] = [],
): Promise<void> {
  try {
    await beginMove(world, name, { steps: {}, stay: [...stay], waits })
  } catch (error) {
    const lacking = [...String((error as Error).message).matchAll(/--stay (\S+)\./g)].map(([, step = '']) => step)
    if (lacking.length === 0) throw error
    await moveAll(world, name, waits, [...stay, ...lacking])
  }
}

async function answerSomebody(world: World, random: Random, moment: number): Promise<void> {
  const state = pick(random, ['waiting', 'answered'] as const)
  const [conversation] = (await listInbox(world, ['care', 'care-leads'], { state })).conversations
  if (conversation === undefined) return
  const { id } = conversation
  const agent = 'eve'
  const acts = [
    () => reply(world, { conversation: id, reply: `reply-${moment}`, agent, text: 'We look into it.' }),
    () => closeConversation(world, id, { agent }),
    () => assignConversation(world, id, { agent, team: 'care-leads' }),
  ]
  await pick<() => Promise<unknown>>(random, acts)()
}

/** As whoever stands before our doors does: what was not answered is tried again; what somebody else did first is left. */
export async function insist<T>(act: () => Promise<T>): Promise<T | undefined> {
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (isNamed(error, 'Conflict')) return undefined
      if (!isNamed(error, 'Unavailable')) throw error
    }
  }
}

export function accept(world: World, events: readonly object[]) {
  return insist(() => acceptEvents(world, events))
}
