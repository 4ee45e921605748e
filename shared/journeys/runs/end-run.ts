import * as z from 'zod'
import { Conflict } from '../../errors/errors.ts'
import { loadProfile, putProfile } from '../../profiles/store.ts'
import type { World } from '../../world/world.ts'
import { endEnrolment, enrolmentKey } from './enrolment.ts'
import { RunInput } from './run.ts'
import { openRun, withoutRun } from './run-guard.ts'

export const EndInput = RunInput.extend({
  reason: z.string(),
  error: z.string().optional(),
  /** The step that failed. */
  at: z.string().optional(),
})

type EndInput = z.infer<typeof EndInput>

/** Ends a run; once it has ended, `Left` tells the machine the same. */
export async function endRun(
  input: EndInput,
  world: Pick<World, 'table' | 'clock' | 'log'>,
): Promise<{ readonly outcome: 'ended' }> {
  const profile = await loadProfile(world, input.customer)
  openRun(profile, input)
  if (profile === undefined)
    throw new Conflict('run.no-profile', 'The profile disappeared while its run ended; it is tried again.')
  const detail = input.error === undefined ? undefined : `${input.at ?? 'a step'}: ${input.error}`
  const result = await world.table.write([
    putProfile(withoutRun(profile, input.enrolment)),
    endEnrolment(enrolmentKey(input.customer, input.enrolment), {
      reason: input.reason,
      detail,
      endedAt: world.clock.now(),
    }),
  ])
  if (!result.committed)
    throw new Conflict('run.changed-meanwhile', 'The profile changed while its run ended; it is tried again.')
  if (input.error !== undefined) {
    const { customer, enrolment, at: step, error } = input
    world.log.error('a run failed', { customer, enrolment, step, error })
  }
  return { outcome: 'ended' }
}
