import { Impossible } from '../errors/errors.ts'
import { loadProfile } from '../profiles/store.ts'
import { brandDocuments } from './brand-documents.ts'
import { composeDispatch, type Values } from './compose-dispatch.ts'
import { type Delivered, deliverDispatch } from './deliver-dispatch.ts'
import type { DispatchRequest, DispatchWorld } from './dispatch-request.ts'
import type { Dispatch } from './dispatch-row.ts'
import { reachOf } from './reach.ts'

/**
 * Offers a claimed message to its provider once more, filled with the same values. Only for providers that know a
 * repetition by its key, or for messages that must not be lost.
 * @returns undefined when she has no address on the channel any more.
 * @throws Unavailable when the provider did not take it this time: the claim stays, to be looked at again.
 */
export async function redeliver(
  world: DispatchWorld,
  dispatch: Dispatch,
  settle: DispatchRequest['settle'],
): Promise<Delivered | undefined> {
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
