import type { Reason } from '../decisions/decision.ts'
import { isNamed, Misconfigured, Unavailable } from '../errors/errors.ts'
import { deviceItem, type PushDevice } from '../profiles/device-row.ts'
import type { Counted, Profile } from '../profiles/profile.ts'
import { reviewSoon } from '../segments/review-soon.ts'
import { NOT_DUE } from '../time/due.ts'
import type { Delivery, Outgoing, Provider } from '../world/provider.ts'
import type { Write } from '../world/table.ts'
import type { World } from '../world/world.ts'
import type { DispatchRequest, DispatchWorld } from './dispatch-request.ts'
import { providerMessageItem } from './provider-message.ts'
import { writeOutcome } from './write-outcome.ts'

interface Claimed {
  readonly request: Pick<DispatchRequest, 'id' | 'customer' | 'settle'>
  readonly outgoing: Outgoing
  /** As the claim left it. */
  readonly profile: Profile
  /** What the claim counted: given back when the message was surely not taken. */
  readonly counted: Counted
  /** What becomes of the claim when the provider is away; after a repetition it stays as it is. */
  readonly release?: Release | undefined
  readonly device?: PushDevice | undefined
}

interface Release {
  readonly because: readonly Reason[]
  /** When it may be tried again; undefined when it has been often enough. */
  readonly until: number | undefined
}

export type Delivered =
  | { readonly outcome: 'sent' | 'uncertain'; readonly seen: number }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'held'; readonly until: number }

/** @throws Misconfigured when this installation has no provider for the channel. */
function providerOf({ providers }: Pick<World, 'providers'>, channel: string): Provider {
  const provider = providers[channel]
  if (provider !== undefined) return provider
  throw new Misconfigured('provider.missing', `This installation has no provider for ${channel}; configure one.`)
}

/**
 * Hands a claimed message to the provider and records what came of it. When nobody knows whether it was taken, the
 * claim stays as it is, for `reconcile` to look at after the lease.
 * @throws Unavailable when it was not taken and is not to be held, or may be repeated by its key.
 */
export async function deliverDispatch(world: DispatchWorld, claimed: Claimed): Promise<Delivered> {
  const provider = providerOf(world, claimed.outgoing.channel)
  const delivery = await deliver(world, provider, claimed)
  if (delivery === 'unknown') return settleUncertain(world, claimed)
  if (delivery.outcome === 'held') return delivery
  if (delivery.outcome === 'refused') return recordRefusal(world, claimed, delivery)
  return recordAcceptance(world, provider, claimed, delivery)
}

type Offered = Delivery | (Delivered & { readonly outcome: 'held' }) | 'unknown'

async function deliver(world: DispatchWorld, provider: Provider, claimed: Claimed): Promise<Offered> {
  try {
    return await provider.deliver(claimed.outgoing)
  } catch (error) {
    if (isNamed(error, 'Unavailable')) {
      const until = await release(world, claimed)
      if (until === undefined) throw error
      return { outcome: 'held', until }
    }
    if (provider.idempotency === 'key')
      throw new Unavailable(
        'provider.no-answer',
        `${provider.name} did not answer; the same message is offered again by its key.`,
        { cause: error },
      )
    const { name } = error as { name?: string }
    world.log.warn('nobody knows whether a message was taken', {
      customer: claimed.request.customer,
      dispatch: claimed.request.id,
      provider: provider.name,
      name,
    })
    return 'unknown'
  }
}

/** The message may be decided afresh. @returns when. */
async function release(world: DispatchWorld, claimed: Claimed): Promise<number | undefined> {
  if (claimed.release === undefined) return undefined
  const { because, until } = claimed.release
  await writeOutcome(world, claimed.request, {
    start: claimed.profile,
    attributes: { state: 'held', because, until, ...NOT_DUE },
    change: (current) => ({ profile: uncounted(current, claimed.counted), writes: [] }),
  })
  return until
}

/** What was surely not taken does not count against her caps; others that counted alike at the same instant do. */
function uncounted(profile: Profile, { at, channel, purpose }: Counted): Profile {
  const place = profile.counted.findIndex((one) => one.at === at && one.channel === channel && one.purpose === purpose)
  return place < 0 ? profile : { ...profile, counted: profile.counted.toSpliced(place, 1) }
}

async function recordAcceptance(
  world: DispatchWorld,
  provider: Provider,
  { request, outgoing, profile }: Claimed,
  { providerId, delivered }: Delivery & { outcome: 'accepted' },
): Promise<Delivered> {
  const now = world.clock.now()
  const { channel, dispatch, customer, tags } = outgoing
  const trace: Write[] =
    provider.idempotency === 'none'
      ? [{ put: providerMessageItem(channel, providerId, { customer, dispatch, now }) }]
      : []
  const attributes = {
    state: delivered ? 'delivered' : 'sent',
    sentAt: now,
    providerId,
    ...(delivered ? { deliveredAt: now } : {}),
    ...NOT_DUE,
  }
  const seen = await writeOutcome(world, request, {
    start: profile,
    attributes,
    also: [...trace, ...(await reviewSoon(world, customer, { message: tags.message }))],
    change: (current) => request.settle(current, true),
  })
  return { outcome: 'sent', seen }
}

async function recordRefusal(
  world: DispatchWorld,
  { request, outgoing, profile, counted, device }: Claimed,
  { reason, suppress }: Delivery & { outcome: 'refused' },
): Promise<Delivered> {
  const now = world.clock.now()
  const attributes = { state: 'refused', detail: reason, ...NOT_DUE }
  const closeDevice = suppress === true && outgoing.channel === 'push' ? device : undefined
  const also: Write[] =
    closeDevice === undefined
      ? []
      : [
          { put: deviceItem(closeDevice.customer, { id: closeDevice.id, pushToken: null }, now) },
          ...(await reviewSoon(world, request.customer, { reachable: true })),
        ]
  await writeOutcome(world, request, {
    start: profile,
    attributes,
    also,
    change: (current) => {
      const left = uncounted(current, counted)
      return { profile: suppress === true ? withoutAddress(left, outgoing, closeDevice, now) : left, writes: [] }
    },
  })
  return { outcome: 'refused', reason }
}

function withoutAddress(
  profile: Profile,
  { channel, to }: Outgoing,
  device: PushDevice | undefined,
  now: number,
): Profile {
  if (device !== undefined) return { ...profile, pushDevices: { ...profile.pushDevices, [device.id]: [false, now] } }
  return { ...profile, suppressed: { ...profile.suppressed, [`${channel}/${to}`]: ['refused by the provider', now] } }
}

/** The journey goes on; the row stays claimed, and due. */
async function settleUncertain(world: DispatchWorld, { request, profile }: Claimed): Promise<Delivered> {
  const seen = await writeOutcome(world, request, {
    start: profile,
    attributes: {},
    change: (current) => request.settle(current, true),
  })
  return { outcome: 'uncertain', seen }
}
