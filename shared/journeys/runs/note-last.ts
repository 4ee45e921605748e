import { Conflict } from '../../errors/errors.ts'
import type { LastStep } from '../../profiles/profile.ts'
import { loadProfile, putProfile } from '../../profiles/store.ts'
import type { World } from '../../world/world.ts'
import type { TaskInput } from './run.ts'
import { openRun, withLast } from './run-guard.ts'

const MOST_ATTEMPTS = 20

/**
 * Keeps where a run has come to, for a step that writes nothing to her profile by itself.
 * @throws Left when the run has ended or been replaced
 */
export async function noteLast(
  { table }: Pick<World, 'table'>,
  input: TaskInput,
  last: Omit<LastStep, 'step' | 'rounds'>,
): Promise<void> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const profile = await loadProfile({ table }, input.customer)
    openRun(profile, input)
    if (profile !== undefined && (await table.write([putProfile(withLast(profile, input, last))])).committed) return
  }
  throw new Conflict('run.note-contention', 'Others kept writing to this customer; the step is tried again.')
}
