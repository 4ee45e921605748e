import { type ChannelChoice, channelOrder } from '../../../decisions/channel-order.ts'
import { brandDocuments } from '../../../dispatches/brand-documents.ts'
import type { Again, DispatchWorld } from '../../../dispatches/dispatch-request.ts'
import { dispatchKey } from '../../../dispatches/dispatch-row.ts'
import { writeOutcome } from '../../../dispatches/write-outcome.ts'
import { loadProfile } from '../../../profiles/store.ts'
import { REACTIONS, type Reaction } from './send.ts'
import { admit, dispatchId, type SendInput, settleLast } from './send-run.ts'

export type SendOutcome =
  | { readonly outcome: 'sent' | 'skipped' | 'uncertain'; readonly seen: number }
  | {
      readonly outcome: 'hold'
      readonly until: string
      readonly again: Partial<Again> & Tries
      readonly seen: number
    }

/** Carried from one channel to the next. */
type Tries = Pick<SendInput, 'tries' | 'left' | 'firstSeen'>

interface Sent {
  readonly channel: string
  readonly channels?: ChannelChoice | undefined
  readonly message: string
  readonly purpose: string
  readonly seen: number
  readonly after: number
}

/** The next channel is for later, like a hold; where none is left, the message has done what it could. */
export async function tryNext(world: DispatchWorld, input: SendInput, sent: Sent): Promise<SendOutcome> {
  const { tries = 0, firstSeen = sent.seen } = input
  const profile = await loadProfile(world, input.customer)
  const { purpose } = await brandDocuments(world, sent)
  const order = profile === undefined ? [] : channelOrder(sent.channels, profile, purpose)
  const left = order.slice(order.indexOf(sent.channel) + 1)
  if (left.length === 0) return conclude(world, { ...input, firstSeen })
  const until = new Date(world.clock.now() + sent.after).toISOString()
  return { outcome: 'hold', until, again: { tries: tries + 1, left, firstSeen }, seen: firstSeen }
}

/** Whether she did as much with one of the tries as makes another one needless. */
export async function hasReacted(world: DispatchWorld, input: SendInput, unless: Reaction): Promise<boolean> {
  const ids = Array.from({ length: input.tries ?? 0 }, (_, tries) => dispatchId(input, tries))
  const rows = await world.table.getMany(ids.map((id) => dispatchKey(input.customer, id)))
  const enough = REACTIONS.slice(REACTIONS.indexOf(unless))
  return rows.some((row) => row !== undefined && enough.some((reaction) => row[`${reaction}At`] !== undefined))
}

/** It was sent, and no more of it is to come. */
export async function conclude(world: DispatchWorld, input: SendInput): Promise<SendOutcome> {
  const start = admit(await loadProfile(world, input.customer), input)
  const endedAt = world.clock.now()
  const seen = await writeOutcome(
    world,
    { id: dispatchId(input, 0), customer: input.customer },
    { start, attributes: {}, change: (profile) => settleLast(endedAt, profile, input) },
  )
  return { outcome: 'sent', seen: input.firstSeen ?? seen }
}
