import { decide, MOST_HOLDS } from '../decisions/decide.ts'
import type { Decision, Reason } from '../decisions/decision.ts'
import { countMessage, longestWindow } from '../decisions/frequency-cap.ts'
import { Conflict } from '../errors/errors.ts'
import type { Profile } from '../profiles/profile.ts'
import { shareOf } from '../profiles/share-of.ts'
import { loadProfile, putProfile } from '../profiles/store.ts'
import type { Write } from '../world/table.ts'
import { type BrandDocuments, brandDocuments } from './brand-documents.ts'
import { composeDispatch, valuesOf } from './compose-dispatch.ts'
import { deliverDispatch } from './deliver-dispatch.ts'
import type { Again, DispatchOutcome, DispatchRequest, DispatchWorld } from './dispatch-request.ts'
import { type Dispatch, dispatchItem, LEASE } from './dispatch-row.ts'
import { type Reach, reachOf } from './reach.ts'
import { type Expected, nextChannel, type Standing, standingOf } from './standing.ts'

const MOST_ATTEMPTS = 20

/**
 * One message to one customer: decide, and then hold, skip, or claim and deliver. Done again it gives the outcome that
 * stands. The claim is one write with her profile's version as its condition, so that consent, caps and "not twice"
 * hold whoever else is at work. A provider that is away is asked again later, like after any other hold.
 * @throws Unavailable when the provider is still away at the deadline.
 */
export async function dispatchMessage(world: DispatchWorld, request: DispatchRequest): Promise<DispatchOutcome> {
  const documents = await brandDocuments(world, request)
  const again = request.again ?? {
    holds: 0,
    deadlineAt: world.clock.now() + (request.deadline ?? documents.purpose.deadline),
  }
  const refused: Reason[] = []
  let expected: Expected = request.again === undefined ? 'absent' : 'held'
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const profile = request.admit(await loadProfile(world, request.customer))
    const tried = await tryOnce(world, { request, documents, again, profile, expected, refused })
    if (tried.next === 'done') return tried.outcome
    if (tried.next === 'next-channel') refused.push(tried.refusal)
    if (tried.next !== 'read-again') expected = tried.expected
  }
  throw new Conflict('dispatch.contention', 'Others kept writing to this customer; the message is tried again.')
}

interface Try {
  readonly request: DispatchRequest
  readonly documents: BrandDocuments
  readonly again: Again
  readonly profile: Profile
  readonly expected: Expected
  readonly refused: readonly Reason[]
}

type Tried = { readonly next: 'read-again' } | Standing

async function tryOnce(world: DispatchWorld, attempt: Try): Promise<Tried> {
  const reach = await reachOf(world, attempt.profile)
  const decision = decideNow(world, attempt, reach)
  if (decision.outcome === 'send') return sendNow(world, attempt, decision, reach)
  const { request } = attempt
  if (decision.outcome === 'skip') return skip(world, attempt, decision)
  const written = await world.table.write([
    rowWrite(attempt, { state: 'held', because: decision.because, until: decision.until }, world.clock.now()),
  ])
  return written.committed ? holdUntil(attempt, decision.until, decision.because) : standingOf(world, request)
}

/** Of the reasons only those that say "later" are carried along: the others will be found again. */
function holdUntil({ again, profile }: Try, instant: number, because: readonly Reason[]): Standing {
  const until = new Date(instant).toISOString()
  const outcome = {
    outcome: 'hold',
    until,
    again: {
      ...again,
      holds: again.holds + 1,
      because: [...(again.because ?? []), ...because.filter((reason) => reason.until !== undefined)],
    },
    seen: profile.version,
  } as const
  return { next: 'done', outcome }
}

function decideNow(world: DispatchWorld, { request, documents, again, profile, refused }: Try, reach: Reach): Decision {
  const { brand, purpose, message } = documents
  return decide({
    now: world.clock.now(),
    profile,
    brand,
    purposeName: request.purpose,
    purpose,
    channels: request.channels ?? purpose.channels,
    provided: Object.keys(world.providers),
    written: Object.keys(message.channels),
    addressOn: reach.addressOn,
    deadlineAt: again.deadlineAt,
    holds: again.holds,
    refused,
  })
}

async function skip(world: DispatchWorld, attempt: Try, decision: Decision & { outcome: 'skip' }): Promise<Tried> {
  const { request, profile } = attempt
  const settlement = request.settle(profile, false)
  const result = await world.table.write([
    rowWrite(attempt, { state: 'skipped', because: decision.because }, world.clock.now()),
    ...(settlement === undefined ? [] : [putProfile(settlement.profile), ...settlement.writes]),
  ])
  if (result.committed) return { next: 'done', outcome: { outcome: 'skipped', seen: profile.version } }
  return result.failed.includes(0) ? standingOf(world, request) : { next: 'read-again' }
}

async function sendNow(
  world: DispatchWorld,
  attempt: Try,
  decision: Decision & { outcome: 'send' },
  reach: Reach,
): Promise<Tried> {
  const { request, documents, profile, again } = attempt
  const { channel, address, because } = decision
  const values = valuesOf(profile, request.entry)
  const dispatch = {
    ...request.labels,
    id: request.id,
    customer: request.customer,
    message: request.message,
    purpose: request.purpose,
  }
  const composed = await composeDispatch(world, { ...documents, dispatch, profile, channel, address, values })
  const now = world.clock.now()
  const claimed = {
    state: 'claimed' as const,
    because,
    channel,
    locale: composed.locale,
    claimedAt: now,
    deadlineAt: again.deadlineAt,
    seen: profile.version + 1,
    values,
    messageVersion: documents.message.version,
    ...(composed.warnings.length === 0 ? {} : { warnings: composed.warnings }),
  }
  const added = { at: now, channel, purpose: request.purpose }
  const until = tryAgainAt(now, attempt)
  const unavailable = { channel, code: 'provider-unavailable', until } as const
  const counted = countMessage(profile.counted, added, windowOf(documents))
  const result = await world.table.write([rowWrite(attempt, claimed, now), putProfile({ ...profile, counted })])
  if (!result.committed) return result.failed.includes(0) ? standingOf(world, request) : { next: 'read-again' }
  const after = { ...profile, counted, version: profile.version + 1 }
  const delivered = await deliverDispatch(world, {
    request,
    outgoing: composed.outgoing,
    profile: after,
    counted: added,
    release: { until, because: [...because, unavailable] },
    device: reach.device,
  })
  if (delivered.outcome === 'held') return holdUntil(attempt, delivered.until, [unavailable])
  return delivered.outcome === 'refused' ? nextChannel(channel, delivered.reason) : { next: 'done', outcome: delivered }
}

/** The first pause before a provider that is away is asked again; each is three times as long as the one before. */
const PAUSE = 10_000

/** Those who wait for the same provider do not all come back at once. Undefined when it would be too late. */
function tryAgainAt(now: number, { request, again: { holds, deadlineAt } }: Try): number | undefined {
  const pause = PAUSE * 3 ** holds
  const until = now + pause + Math.floor(shareOf(request.id, 'provider unavailable') * pause)
  return holds >= MOST_HOLDS || until > deadlineAt ? undefined : until
}

/** What any purpose may still look at: a message of another purpose must not make this one's be forgotten. */
function windowOf({ brand }: BrandDocuments): number {
  return longestWindow([...brand.caps, ...Object.values(brand.purposes).flatMap(({ caps }) => caps)])
}

type Progress = Pick<Dispatch, 'state' | 'because'> & Partial<Dispatch>

function rowWrite({ request, expected, profile, again }: Try, progress: Progress, now: number): Write {
  const { id, customer, labels, message, purpose, channels } = request
  const row = {
    ...labels,
    id,
    customer,
    message,
    purpose,
    channels,
    decidedAt: now,
    seen: profile.version,
    ...progress,
    because: [...(again.because ?? []), ...progress.because],
  }
  return {
    put: dispatchItem(row, progress.state === 'claimed' ? now + LEASE : undefined),
    when: expected === 'absent' ? 'absent' : { attributeIs: ['state', expected] },
  }
}
