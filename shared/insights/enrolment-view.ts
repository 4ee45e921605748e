import { describeReasonWithChannel } from '../decisions/decision.ts'
import { readDispatch } from '../dispatches/dispatch-row.ts'
import { enrolmentKey, readEnrolment } from '../journeys/enrolment.ts'
import { customerPartition, loadProfile } from '../profiles/store.ts'
import type { World } from '../world/world.ts'

/**
 * One enrolment with the messages of its steps; times are ISO 8601.
 * @returns undefined when the customer has no such enrolment.
 */
export async function showEnrolment({ table }: Pick<World, 'table'>, customer: string, id: string) {
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
      waitingFor: profile?.runs[id]?.wait,
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

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString()
}
