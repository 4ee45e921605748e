import { dispatchMessage } from '../../dispatches/dispatch-message.ts'
import type { DispatchRequest } from '../../dispatches/dispatch-request.ts'
import { dispatchKey } from '../../dispatches/dispatch-row.ts'
import { Left } from '../../errors/errors.ts'
import { decideEntry } from '../../journeys/entries/enrol.ts'
import { startedTouchpoint } from '../../journeys/entries/started.ts'
import { withEntry } from '../../journeys/entries/with-entry.ts'
import { type Enrolment, enrolmentItem, enrolmentKey, runValues, snapshotOf } from '../../journeys/runs/enrolment.ts'
import { enrolmentId, stableId } from '../../journeys/runs/run.ts'
import type { SendStep } from '../../journeys/steps/send/send.ts'
import { requestFor } from '../../journeys/steps/send/send-message.ts'
import type { LiveJourney } from '../../journeys/versions/live.ts'
import type { Profile } from '../../profiles/profile.ts'
import { loadProfile } from '../../profiles/store.ts'
import type { Touchpoint } from '../../touchpoints/touchpoint.ts'
import { situationOf } from '../apply-touchpoint.ts'
import { noLessons } from '../commit-draft.ts'
import { Draft } from '../draft.ts'
import type { SweepWorld } from './job-works.ts'

/** The one message of a journey that is nothing but a message, sent once to all: then nobody needs a machine. */
export function broadcastStep({ content }: LiveJourney): SendStep | undefined {
  const { enter, steps } = content.document
  const [only, ...more] = steps
  if (enter.on.kind !== 'once' || enter.on.zone === 'hers' || only?.kind !== 'send' || more.length > 0) return undefined
  const step = only as SendStep // its kind says so
  return step.tryNext === undefined && typeof step.ifNotSent === 'string' ? step : undefined
}

interface Receiver {
  readonly customer: string
  readonly at: string
}

/**
 * Sends her the message of a broadcast; her enrolment is written with its outcome. Done again, whatever crashed before,
 * it changes nothing that stands.
 * @returns false when she is to enter as others do: what is put off needs a machine, and a refusal is to be kept.
 */
export async function sendBroadcast(
  world: SweepWorld,
  journey: LiveJourney,
  step: SendStep,
  { customer, at }: Receiver,
): Promise<boolean> {
  const profile = await loadProfile(world, customer)
  if (profile === undefined) return true
  const enrolment = enrolmentId(journey.name, profile.id, at)
  const touchpoint = startOf(world, journey, at, profile)
  const request = requestOf(world, journey, step, { profile, enrolment, touchpoint })
  const key = dispatchKey(profile.id, request.id)
  const [made, begun] = await world.table.getMany([enrolmentKey(profile.id, enrolment), key])
  if (made !== undefined) return true
  if (begun === undefined && !(await enters(world, journey, profile, touchpoint))) return false
  try {
    return (await dispatchMessage(world, request)).outcome !== 'hold'
  } catch (error) {
    // What has not gone to a provider may be tried by a machine, which has patience; what has is this page's.
    const state = (await world.table.get(key))?.state
    if (state === undefined || state === 'held') return false
    throw error
  }
}

function startOf({ clock }: SweepWorld, { name }: LiveJourney, at: string, { id }: Profile): Touchpoint {
  return startedTouchpoint({
    id: stableId('once', name, at, id),
    journey: name,
    by: 'once',
    identifiers: { customerId: id },
    properties: { at },
    now: clock.now(),
  })
}

async function enters(
  world: SweepWorld,
  journey: LiveJourney,
  profile: Profile,
  touchpoint: Touchpoint,
): Promise<boolean> {
  const moment = { before: profile, after: profile, touchpoint, hasMerged: false }
  const situation = await situationOf(world, new Draft(world.clock.now()), moment, noLessons())
  // The page has waited for its turn as a whole.
  const decision = await decideEntry({ ...situation, turnIn: async () => undefined }, journey)
  return decision.kind === 'enter' && !decision.holdout
}

interface Entering {
  readonly profile: Profile
  readonly enrolment: string
  readonly touchpoint: Touchpoint
}

function requestOf(
  world: SweepWorld,
  journey: LiveJourney,
  step: SendStep,
  { profile: { id: customer, version: seen }, enrolment, touchpoint }: Entering,
): DispatchRequest {
  const { name, version, content } = journey
  const entered: Enrolment = {
    id: enrolment,
    customer,
    journey: name,
    version,
    run: 1,
    machine: content.machine,
    state: 'ended',
    entry: snapshotOf(touchpoint),
    seen,
    enteredAt: touchpoint.occurredAt,
    endsBy: touchpoint.occurredAt,
  }
  const input = { customer, enrolment, run: 1, journey: name, version, step: step.id }
  const request = requestFor(world, input, { step, document: content.document, run: runValues(entered) })
  return {
    ...request,
    admit: (profile) => {
      if (profile !== undefined) return profile
      throw new Left('run.left', 'This customer is gone; she gets no broadcast.')
    },
    claimed: (profile) => profile,
    settle: (profile, sent) => {
      const now = world.clock.now()
      const ended = { ...entered, endedAt: now, reason: sent ? 'completed' : 'not-sent' }
      return {
        profile: withEntry(profile, journey, { enrolment, enteredAt: entered.enteredAt, now }),
        writes: [{ put: enrolmentItem(ended, now) }],
      }
    },
  }
}
