import { InvalidInput } from '../errors/errors.ts'
import { enrolmentKey, readEnrolment } from '../journeys/enrolment.ts'
import { journeyVersion } from '../journeys/live.ts'
import { stableId, type TaskInput } from '../journeys/run.ts'
import { openRun } from '../journeys/run-guard.ts'
import { findStep } from '../journeys/steps/find-step.ts'
import type { UpdateStep } from '../journeys/steps/update/update.ts'
import { loadProfile } from '../profiles/store.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { recordTouchpoints } from './record-touchpoints.ts'
import type { RecordWorld } from './recording.ts'

/** What an `update` step sets is a touchpoint like any other: its id is the step's, so that done twice is done once. */
export async function updateProfile(input: TaskInput, world: RecordWorld): Promise<void> {
  const profile = await loadProfile(world, input.customer)
  const { enteredAt } = openRun(profile, input)
  const { content } = await journeyVersion(world, input.journey, input.version)
  const { set, add, remove } = findStep<UpdateStep>(content.document.steps, input.step)
  const enrolment = await world.table.get(enrolmentKey(input.customer, input.enrolment))
  const depth = enrolment === undefined ? 0 : (readEnrolment(enrolment).entry.depth ?? 0)
  const now = world.clock.now()
  const touchpoint: Touchpoint = {
    id: stableId('update', input.enrolment, input.run, input.step, enteredAt),
    type: 'customer.updated',
    occurredAt: now,
    recordedAt: now,
    timed: false,
    channel: 'journey',
    direction: 'in',
    identifiers: { customerId: profile?.id ?? input.customer },
    traits: { ...set, ...Object.fromEntries(remove.map((name) => [name, null])) },
    add,
    properties: { journey: input.journey },
    causedBy: input.enrolment,
    depth: depth + 1,
    mode: 'live',
    source: 'journey',
  }
  const [recorded] = await recordTouchpoints(world, [touchpoint])
  if (recorded?.outcome === 'rejected') throw new InvalidInput('update.not-recorded', recorded.reason)
}
