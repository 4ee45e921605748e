import { describeReasonWithChannel } from '../decisions/decision.ts'
import { readDispatch } from '../dispatches/dispatch-row.ts'
import { type Enrolment, enrolmentKey, readEnrolment } from '../journeys/runs/enrolment.ts'
import { describeStand, standOf } from '../journeys/runs/stand.ts'
import { journeyVersion } from '../journeys/versions/live.ts'
import type { OpenRun } from '../profiles/profile.ts'
import { customerPartition, loadProfile } from '../profiles/store.ts'
import type { World } from '../world/world.ts'

/**
 * One enrolment with the messages of its steps; times are ISO 8601.
 * @returns undefined when the customer has no such enrolment.
 */
export async function showEnrolment(world: Pick<World, 'table' | 'clock'>, customer: string, id: string) {
  const { table } = world
  const profile = await loadProfile({ table }, customer)
  for (const home of profile === undefined ? [customer] : [profile.id, ...profile.aliases]) {
    const item = await table.get(enrolmentKey(home, id))
    if (item === undefined) continue
    const {
      entry,
      enteredAt,
      endedAt,
      endsBy,
      goalAt,
      alarm,
      calls = {},
      seen: _seen,
      machine: _machine,
      ...enrolment
    } = readEnrolment(item)
    const { items } = await table.query({ pk: customerPartition(home), prefix: 'D#', limit: 1_000 })
    const messages = items.map(readDispatch).filter((dispatch) => dispatch.enrolment === id)
    return {
      ...enrolment,
      enteredAt: iso(enteredAt),
      endedAt: iso(endedAt),
      endsBy: iso(endsBy),
      goalAt: iso(goalAt),
      entry: { ...entry, occurredAt: iso(entry.occurredAt) },
      stands: await standing(world, profile?.runs[id], readEnrolment(item)),
      waitingUntil: alarm && { step: alarm.step, outcome: alarm.outcome, at: iso(alarm.until), detail: alarm.detail },
      calls: Object.entries(calls).map(([step, call]) => ({ step, ...call, at: iso(call.at) })),
      messages: messages.map(({ step, message, state, channel, decidedAt, because }) => ({
        step,
        message,
        state,
        channel,
        decidedAt: iso(decidedAt),
        reasons: because.map(describeReasonWithChannel),
      })),
    }
  }
  return undefined
}

/** Where an open run stands, in words. */
async function standing(world: Pick<World, 'table' | 'clock'>, run: OpenRun | undefined, enrolment: Enrolment) {
  if (run === undefined || run.run !== enrolment.run) return undefined
  const { steps } = (await journeyVersion(world, run.journey, run.version)).content.document
  const stand = standOf(steps, run, enrolment, world.clock.now())
  const { since, until, ...words } = describeStand(steps, stand, enrolment.splits)
  return { ...words, since: iso(since), until: iso(until) }
}

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString()
}
