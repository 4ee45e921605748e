import { channelOrder } from '../decisions/channel-order.ts'
import { decide, MOST_HOLDS, type Question } from '../decisions/decide.ts'
import type { Decision, Reason } from '../decisions/decision.ts'
import { countMessage, longestWindow } from '../decisions/frequency-cap.ts'
import { Conflict } from '../errors/errors.ts'
import type { Profile } from '../profiles/profile.ts'
import { shareOf } from '../profiles/share-of.ts'
import { loadProfile, putProfile } from '../profiles/store.ts'
import { DAY } from '../time/duration.ts'
import type { Write } from '../world/table.ts'
import { type BrandDocuments, brandDocuments } from './brand-documents.ts'
import { claimOf } from './claim-of.ts'
import { composeDispatch } from './compose-dispatch.ts'
import { deliverDispatch } from './deliver-dispatch.ts'
import type { Again, DispatchOutcome, DispatchRequest, DispatchWorld } from './dispatch-request.ts'
import { type Dispatch, dispatchItem, LEASE } from './dispatch-row.ts'
import { type Reach, reachOf } from './reach.ts'
import { type Expected, nextChannel, type Standing, standingOf } from './standing.ts'
import { valuesOf } from './values.ts'

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
  const question = questionOf(world, attempt, reach)
  const decision = decide(question)
  if (decision.outcome === 'send') return sendNow(world, attempt, { question, decision, device: reach.device })
  return decision.outcome === 'skip' ? skip(world, attempt, decision) : hold(world, attempt, decision)
}

/** Marketing that waits is noted in her profile, where messages that matter less see it. */
async function hold(world: DispatchWorld, attempt: Try, decision: Decision & { outcome: 'hold' }): Promise<Tried> {
  const { request, profile, documents } = attempt
  const { until, because } = decision
  const now = world.clock.now()
  const isNoted = documents.purpose.needsConsent
  const note = { dispatch: request.id, until, priority: priorityOf(attempt), purpose: request.purpose }
  const waiting = [...waitingBut(attempt, now), { ...note, channel: because.at(-1)?.channel ?? '' }]
  const result = await world.table.write([
    rowWrite(attempt, { state: 'held', because, until }, now),
    ...(isNoted ? [putProfile({ ...profile, waiting })] : []),
  ])
  if (result.committed) return holdUntil(attempt, until, because, profile.version + (isNoted ? 1 : 0))
  return result.failed.includes(0) ? standingOf(world, request) : { next: 'read-again' }
}

/** The messages that wait besides this one, without those whose time went by. */
function waitingBut({ request, profile }: Try, now: number): Profile['waiting'] {
  return profile.waiting.filter(({ dispatch, until }) => dispatch !== request.id && until > now - DAY)
}

function priorityOf({ request, documents }: Try): number {
  return request.priority ?? documents.purpose.priority
}

/** Of the reasons only those that say "later" are carried along: the others will be found again. */
function holdUntil({ again }: Try, instant: number, because: readonly Reason[], seen: number): Standing {
  const until = new Date(instant).toISOString()
  const outcome = {
    outcome: 'hold',
    until,
    again: {
      ...again,
      holds: again.holds + 1,
      because: [...(again.because ?? []), ...because.filter((reason) => reason.until !== undefined)],
    },
    seen,
  } as const
  return { next: 'done', outcome }
}

function questionOf(world: DispatchWorld, attempt: Try, reach: Reach): Question {
  const { request, documents, again, profile, refused } = attempt
  const { brand, purpose, message } = documents
  return {
    now: world.clock.now(),
    profile,
    brand,
    purposeName: request.purpose,
    purpose,
    priority: priorityOf(attempt),
    dispatch: request.id,
    atHerHour: request.atHerHour,
    channels: channelOrder(request.channels, profile, purpose),
    provided: Object.keys(world.providers),
    written: Object.keys(message.channels),
    addressOn: reach.addressOn,
    deadlineAt: again.deadlineAt,
    holds: again.holds,
    refused,
  }
}

async function skip(world: DispatchWorld, attempt: Try, decision: Decision & { outcome: 'skip' }): Promise<Tried> {
  const { request, profile } = attempt
  const now = world.clock.now()
  const wasHeld = profile.waiting.some(({ dispatch }) => dispatch === request.id)
  const left = wasHeld ? { ...profile, waiting: waitingBut(attempt, now) } : profile
  const settlement = request.settle(left, false) ?? (wasHeld ? { profile: left, writes: [] } : undefined)
  const result = await world.table.write([
    rowWrite(attempt, { state: 'skipped', because: decision.because }, now),
    ...(settlement === undefined ? [] : [putProfile(settlement.profile), ...settlement.writes]),
  ])
  const seen = profile.version + (settlement === undefined ? 0 : 1)
  if (result.committed) return { next: 'done', outcome: { outcome: 'skipped', seen } }
  return result.failed.includes(0) ? standingOf(world, request) : { next: 'read-again' }
}

interface Sending {
  readonly question: Question
  readonly decision: Decision & { readonly outcome: 'send' }
  readonly device: Reach['device']
}

async function sendNow(world: DispatchWorld, attempt: Try, { question, decision, device }: Sending): Promise<Tried> {
  const { request, documents, profile } = attempt
  const { channel, address, because } = decision
  const values = valuesOf(profile, request.run)
  const dispatch = {
    ...request.labels,
    id: request.id,
    customer: request.customer,
    message: request.message,
    purpose: request.purpose,
  }
  const composed = await composeDispatch(world, { ...documents, dispatch, profile, channel, address, values })
  const { now } = question
  const claimed = claimOf(question, { ...decision, ...composed, values, messageVersion: documents.message.version })
  const added = { at: now, channel, purpose: request.purpose }
  const until = tryAgainAt(now, attempt)
  const unavailable = { channel, code: 'provider-unavailable', until } as const
  const counted = documents.purpose.isAnswer
    ? profile.counted
    : countMessage(profile.counted, added, windowOf(documents))
  const counting = { ...profile, counted, waiting: waitingBut(attempt, now) }
  const noted = request.claimed?.(counting) ?? counting
  const result = await world.table.write([rowWrite(attempt, claimed, now), putProfile(noted)])
  if (!result.committed) return result.failed.includes(0) ? standingOf(world, request) : { next: 'read-again' }
  const after = { ...noted, version: profile.version + 1 }
  const delivered = await deliverDispatch(world, {
    request,
    outgoing: composed.outgoing,
    profile: after,
    counted: added,
    release: { until, because: [...because, unavailable] },
    device,
  })
  if (delivered.outcome === 'held') return holdUntil(attempt, delivered.until, [unavailable], profile.version)
  if (delivered.outcome === 'refused') return nextChannel(channel, delivered.reason)
  return { next: 'done', outcome: { ...delivered, channel } }
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
  const { id, customer, labels, message, purpose, channels, priority } = request
  const row = {
    ...labels,
    id,
    customer,
    message,
    purpose,
    channels,
    priority,
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
