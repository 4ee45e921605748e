import { askAgain } from '../decisions/decide.ts'
import type { Reason } from '../decisions/decision.ts'
import { Impossible } from '../errors/errors.ts'
import type { Profile } from '../profiles/profile.ts'
import { loadProfile } from '../profiles/store.ts'
import { type BrandDocuments, brandDocuments } from './brand-documents.ts'
import { composeDispatch } from './compose-dispatch.ts'
import { type Delivered, deliverDispatch } from './deliver-dispatch.ts'
import type { DispatchRequest, DispatchWorld } from './dispatch-request.ts'
import { type Dispatch, LEASE } from './dispatch-row.ts'
import { reachOf } from './reach.ts'
import type { Values } from './values.ts'

/** `withheld`: by now something stands against it that did not when it was claimed. */
export type Redelivered = Delivered | { readonly outcome: 'withheld'; readonly reasons: readonly Reason[] }

/**
 * Offers a claimed message to its provider once more, filled with the same values. Only for providers that know a
 * repetition by its key, or for messages that must not be lost. After a long pause (the process was down, say) what
 * allowed it is asked again.
 * @returns undefined when she has no address on the channel any more.
 * @throws Unavailable when the provider did not take it this time: the claim stays, to be looked at again.
 */
export async function redeliver(
  world: DispatchWorld,
  dispatch: Dispatch,
  settle: DispatchRequest['settle'],
): Promise<Redelivered | undefined> {
  const profile = await loadProfile(world, dispatch.customer)
  const { channel, values, claimedAt, purpose } = dispatch
  if (profile === undefined || channel === undefined || values === undefined || claimedAt === undefined)
    throw new Impossible(
      'dispatch.claim-incomplete',
      'A claimed dispatch lacks its channel, its values, its time or its customer.',
    )
  const { device, addressOn } = await reachOf(world, profile)
  const address = addressOn(channel)
  if (address === undefined) return undefined
  const documents = await brandDocuments(world, dispatch)
  const now = world.clock.now()
  const reasons =
    now - claimedAt > LEASE ? standAgainst(dispatch, { ...documents, profile, channel, address, now }) : []
  if (reasons.length > 0) return { outcome: 'withheld', reasons }
  // A claim writes its values as `Values`; the row only knows that they are JSON.
  const { outgoing } = await composeDispatch(world, {
    ...documents,
    dispatch,
    profile,
    channel,
    address,
    values: values as unknown as Values,
  })
  const request = { id: dispatch.id, customer: dispatch.customer, settle }
  const counted = { at: claimedAt, channel, purpose }
  return deliverDispatch(world, { request, outgoing, profile, counted, device })
}

interface Now extends BrandDocuments {
  readonly profile: Profile
  readonly channel: string
  readonly address: string
  readonly now: number
}

function standAgainst(dispatch: Dispatch, { now, profile, brand, purpose, channel, address }: Now): readonly Reason[] {
  const { id, purpose: purposeName, priority = purpose.priority, deadlineAt = now } = dispatch
  const known = { dispatch: id, purposeName, priority, deadlineAt, holds: 0 }
  return askAgain({ ...known, now, profile, brand, purpose, channel, address })
}
