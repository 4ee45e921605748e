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

/** Somebody was here before, an earlier try of ours: its outcome stands, or we go on from where it came to. */
export async function standingOf(world: DispatchWorld, request: DispatchRequest): Promise<Standing> {
  const item = await world.table.get(dispatchKey(request.customer, request.id))
  if (item === undefined) return { next: 'expect', expected: 'absent' }
  const dispatch = readDispatch(item)
  if (dispatch.state === 'held' || dispatch.state === 'refused') return { next: 'expect', expected: dispatch.state }
  const outcome = dispatch.state === 'claimed' ? await claimedBefore(world, request, dispatch) : outcomeOf(dispatch)
  return { next: 'done', outcome: { outcome, seen: (await loadProfile(world, request.customer))?.version ?? 0 } }
}

function outcomeOf({ state }: Dispatch): 'sent' | 'skipped' | 'uncertain' {
  return state === 'skipped' || state === 'uncertain' ? state : 'sent'
}

/** Nobody knows whether the earlier try got through, unless the provider can be asked again by the same key. */
async function claimedBefore(
  world: DispatchWorld,
  request: DispatchRequest,
  dispatch: Dispatch,
): Promise<'sent' | 'uncertain'> {
  const mayRepeat = world.providers[dispatch.channel ?? '']?.idempotency === 'key'
  if (mayRepeat && (await redeliver(world, dispatch, request.settle))) return 'sent'
  const start = await loadProfile(world, request.customer)
  if (start !== undefined)
    await writeOutcome(world, request, { start, attributes: {}, change: (profile) => request.settle(profile, true) })
  return 'uncertain'
}
