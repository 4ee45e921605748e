import { InvalidInput } from '../../errors/errors.ts'
import type { TaskInput } from '../../journeys/runs/run.ts'
import { stableId } from '../../journeys/runs/run.ts'
import { type Filler, fillerFor } from '../../journeys/steps/fill-texts.ts'
import type { StepBase } from '../../journeys/steps/step-kind.ts'
import { sceneOf } from '../../journeys/steps/step-scene.ts'
import type { Touchpoint } from '../../touchpoints/touchpoint.ts'
import { recordTouchpoints } from '../record-touchpoints.ts'
import type { RecordWorld } from '../recording.ts'

/** What a step makes; the rest of the touchpoint follows from the run. */
type Made = Pick<Touchpoint, 'type' | 'properties' | 'traits' | 'add' | 'remove'>

/**
 * What a step causes is a touchpoint like any other. Its id is that of this doing of the step, so that done twice is done
 * once; it stands one journey deeper than what let her in.
 * @throws InvalidInput when it cannot be recorded.
 */
export async function recordStep<S extends StepBase>(
  input: TaskInput,
  world: RecordWorld,
  make: (step: S, fill: Filler) => Made,
): Promise<void> {
  const { step, profile, run, enrolment } = await sceneOf<S>(input, world)
  const now = world.clock.now()
  const { occurrence = [] } = input
  const touchpoint: Touchpoint = {
    id: stableId(step.kind, input.enrolment, input.run, step.id, run.enteredAt, ...occurrence),
    ...make(step, await fillerFor(world, profile, enrolment)),
    occurredAt: now,
    recordedAt: now,
    timed: false,
    channel: 'journey',
    direction: 'in',
    identifiers: { customerId: profile.id },
    causedBy: input.enrolment,
    step: { id: step.id, run: input.run, occurrence: input.occurrence, waits: false },
    depth: (enrolment.entry.depth ?? 0) + 1,
    mode: 'live',
    source: 'journey',
  }
  const [recorded] = await recordTouchpoints(world, [touchpoint])
  if (recorded?.outcome === 'rejected') throw new InvalidInput('step.not-recorded', recorded.reason)
}
