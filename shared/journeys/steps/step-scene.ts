import { Impossible } from '../../errors/errors.ts'
import type { OpenRun, Profile } from '../../profiles/profile.ts'
import { loadProfile } from '../../profiles/store.ts'
import type { World } from '../../world/world.ts'
import { type Enrolment, enrolmentKey, readEnrolment } from '../runs/enrolment.ts'
import type { TaskInput } from '../runs/run.ts'
import { openRun } from '../runs/run-guard.ts'
import { journeyVersion } from '../versions/live.ts'
import { findStep } from './find-step.ts'
import type { StepBase } from './step-kind.ts'

/** What the task of a step works on, as it is now. */
export interface StepScene<S extends StepBase> {
  readonly step: S
  readonly profile: Profile
  readonly run: OpenRun
  readonly enrolment: Enrolment
}

/** @throws Left when the run has ended. */
export async function sceneOf<S extends StepBase>(
  input: TaskInput,
  world: Pick<World, 'table'>,
): Promise<StepScene<S>> {
  const [profile, item, { content }] = await Promise.all([
    loadProfile(world, input.customer),
    world.table.get(enrolmentKey(input.customer, input.enrolment)),
    journeyVersion(world, input.journey, input.version),
  ])
  const run = openRun(profile, input)
  if (profile === undefined) throw new Impossible('run.no-profile', 'An open run has no profile.')
  if (item === undefined)
    throw new Impossible('run.no-enrolment', 'A machine runs for an enrolment that is not stored.')
  return { step: findStep<S>(content.document.steps, input.step), profile, run, enrolment: readEnrolment(item) }
}
