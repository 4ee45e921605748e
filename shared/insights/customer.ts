import { findHolders, identifierName } from '../profiles/identifier-rows.ts'
import { type Profile, waitsForUs } from '../profiles/profile.ts'
import { loadProfile } from '../profiles/store.ts'
import { closedAddresses } from '../profiles/suppression.ts'
import { type Identifier, Identifiers } from '../touchpoints/identifiers.ts'
import type { World } from '../world/world.ts'
import { readThread, type ThreadEntry } from './thread.ts'

/** Everything about a customer as an agent sees it; times are ISO 8601, UTC. */
export interface CustomerView {
  readonly customer: string
  readonly profile: ProfileView
  /** Oldest first, all channels together. */
  readonly thread: readonly ThreadEntry[]
}

export interface ProfileView {
  readonly version: number
  readonly createdAt: string
  readonly lastSeenAt: string
  readonly identifiers: Readonly<Record<string, readonly string[]>>
  readonly traits: Readonly<Record<string, unknown>>
  readonly consent: readonly {
    readonly purpose: string
    readonly channel: string
    readonly state: string
    readonly since: string
  }[]
  /** Addresses that are closed, with the reason. */
  readonly suppressed: readonly {
    readonly channel: string
    readonly address: string
    readonly reason: string
    readonly since: string
  }[]
  readonly pushDevices: readonly string[]
  /** Journeys she is in. */
  readonly running: readonly {
    readonly journey: string
    readonly version: number
    readonly enrolment: string
    readonly since: string
    readonly waitingFor?: readonly string[]
  }[]
  /** Segments she is in. */
  readonly segments: readonly { readonly segment: string; readonly since: string }[]
  /** Open ones. */
  readonly conversations: readonly {
    readonly id: string
    readonly team?: string | undefined
    readonly channel: string
    readonly since: string
    readonly waitsForUs: boolean
  }[]
  /** Other records of hers that were merged into this one. */
  readonly merged: readonly string[]
}

/**
 * The customer who is known by an identifier, whatever way it is written.
 * @returns undefined when nobody is.
 */
export async function showCustomer(
  world: Pick<World, 'table' | 'secrets'>,
  identifier: Identifier,
): Promise<CustomerView | undefined> {
  const profile = await findProfile(world, identifier)
  if (profile === undefined) return undefined
  return { customer: profile.id, profile: viewOf(profile), thread: await readThread(world, profile) }
}

/** @returns undefined when nobody is known by it. */
export async function findProfile(
  world: Pick<World, 'table' | 'secrets'>,
  { kind, value }: Identifier,
): Promise<Profile | undefined> {
  const parsed = Identifiers.safeParse({ [kind]: value })
  if (!parsed.success) return undefined
  const identifier = { kind, value: parsed.data[kind] ?? value }
  const holder = (await findHolders(world, [identifier])).get(identifierName(identifier))
  return holder === undefined ? undefined : loadProfile(world, holder)
}

function viewOf(profile: Profile): ProfileView {
  return {
    version: profile.version,
    createdAt: iso(profile.createdAt),
    lastSeenAt: iso(profile.lastSeenAt),
    identifiers: Object.fromEntries(
      Object.entries(profile.identifiers).map(([kind, values]) => [kind, values.map(([value]) => value)]),
    ),
    traits: Object.fromEntries(Object.entries(profile.traits).map(([name, [value]]) => [name, value])),
    consent: Object.entries(profile.consent).map(([key, [state, at]]) => ({
      ...pair(key, 'purpose', 'channel'),
      state,
      since: iso(at),
    })),
    suppressed: Object.entries(closedAddresses(profile)).map(([key, [reason, at]]) => ({
      ...pair(key, 'channel', 'address'),
      reason,
      since: iso(at),
    })),
    pushDevices: Object.entries(profile.pushDevices).flatMap(([device, [valid]]) => (valid ? [device] : [])),
    running: Object.entries(profile.runs).map(([enrolment, { journey, version, enteredAt, wait }]) => ({
      journey,
      version,
      enrolment,
      since: iso(enteredAt),
      ...(wait === undefined || wait.types.length === 0 ? {} : { waitingFor: wait.types }),
    })),
    segments: Object.entries(profile.segments).map(([segment, at]) => ({ segment, since: iso(at) })),
    conversations: Object.entries(profile.conversations).map(([id, conversation]) => ({
      id,
      team: conversation.team,
      channel: conversation.channel,
      since: iso(conversation.openedAt),
      waitsForUs: waitsForUs(conversation),
    })),
    merged: profile.aliases,
  }
}

/** `purpose/channel` or `channel/address`, taken apart at the first slash. */
function pair<A extends string, B extends string>(key: string, first: A, second: B): Record<A | B, string> {
  const slash = key.indexOf('/')
  return { [first]: key.slice(0, slash), [second]: key.slice(slash + 1) } as Record<A | B, string>
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
