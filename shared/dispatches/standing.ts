import type { Reason } from '../decisions/decision.ts'
import type { Profile } from '../profiles/profile.ts'
import { loadProfile } from '../profiles/store.ts'
import type { DispatchOutcome, DispatchRequest, DispatchWorld } from './dispatch-request.ts'
import { type Dispatch, dispatchKey, readDispatch } from './dispatch-row.ts'
import { redeliver } from './redeliver.ts'
import { writeOutcome } from './write-outcome.ts'

/** The state that a dispatch's row must be in for us to go on; `absent` for none. */
export type Expected = 'absent' | 'held' | 'refused'

export type Standing =
  | { readonly next: 'done'; readonly outcome: DispatchOutcome }
  | { readonly next: 'expect'; readonly expected: Expected }
  | NextChannel

/** A provider refused the message; it is tried by another channel. */
export interface NextChannel {
  readonly next: 'next-channel'
  readonly refusal: Reason
  readonly expected: 'refused'
}

export function nextChannel(channel: string, detail: string | undefined): NextChannel {
  return { next: 'next-channel', refusal: { channel, code: 'provider-refused', detail }, expected: 'refused' }
}

/** Somebody was here before, an earlier try of ours: its outcome stands, or we go on from where it came to. */
export async function standingOf(world: DispatchWorld, request: DispatchRequest): Promise<Standing> {
  const item = await world.table.get(dispatchKey(request.customer, request.id))
  if (item === undefined) return { next: 'expect', expected: 'absent' }
  const dispatch = readDispatch(item)
  const { state, channel = '', detail } = dispatch
  if (state === 'held') return { next: 'expect', expected: state }
  if (state === 'refused') return nextChannel(channel, detail)
  if (state === 'claimed') return claimedBefore(world, request, dispatch)
  return settled(world, request, dispatch, state === 'delivered' ? 'sent' : state)
}

/** Nobody knows whether the earlier try got through, unless the provider can be asked again by the same key. */
async function claimedBefore(world: DispatchWorld, request: DispatchRequest, dispatch: Dispatch): Promise<Standing> {
  const { channel = '', seen } = dispatch
  const mayRepeat = world.providers[channel]?.idempotency === 'key'
  const delivered = mayRepeat ? await redeliver(world, dispatch, request.settle) : undefined
  if (delivered?.outcome === 'refused') return nextChannel(channel, delivered.reason)
  if (delivered?.outcome === 'sent') return { next: 'done', outcome: { outcome: 'sent', seen, channel } }
  return settled(world, request, dispatch, 'uncertain')
}

/** Whoever found the outcome may not have known that the run ends with it. */
async function settled(
  world: DispatchWorld,
  request: DispatchRequest,
  { seen, channel = '' }: Dispatch,
  outcome: 'sent' | 'skipped' | 'uncertain',
): Promise<Standing> {
  const start = await loadProfile(world, request.customer)
  const change = (profile: Profile) => request.settle(profile, outcome !== 'skipped')
  if (start !== undefined) await writeOutcome(world, request, { start, attributes: {}, change })
  return { next: 'done', outcome: outcome === 'skipped' ? { outcome, seen } : { outcome, seen, channel } }
}
