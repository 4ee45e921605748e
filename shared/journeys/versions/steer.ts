import { beginJob } from '../../jobs/job.ts'
import type { World } from '../../world/world.ts'
import { controlNow, type JourneyState, type Mark, markJourney, stateOf } from './control.ts'
import { resumeJob } from './park-run.ts'

export type Steering = 'pause' | 'resume' | 'retire'

export interface Steered {
  readonly state: JourneyState
  /** False when it was so already. */
  readonly changed: boolean
}

/**
 * Pauses or retires a journey, or resumes it, which undoes both. Those who stand still go on by a job that begins in the
 * same write.
 */
export async function steer(
  world: Pick<World, 'table' | 'clock'>,
  name: string,
  steering: Steering,
  by: string,
): Promise<Steered> {
  const before = await controlNow(world, name)
  const mark: Mark = { since: world.clock.now(), by }
  if (steering === 'resume') {
    const jobs = before.paused === undefined ? [] : beginJob(resumeJob(name, mark.since))
    if (stateOf(before) !== 'live') await markJourney(world, name, { paused: null, retired: null }, jobs)
    return { state: 'live', changed: stateOf(before) !== 'live' }
  }
  const which = steering === 'pause' ? 'paused' : 'retired'
  const after = { ...before, [which]: before[which] ?? mark }
  if (before[which] === undefined) await markJourney(world, name, { [which]: mark })
  return { state: stateOf(after), changed: before[which] === undefined }
}
