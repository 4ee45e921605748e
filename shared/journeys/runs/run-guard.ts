import { Left } from '../../errors/errors.ts'
import type { LastStep, OpenRun, Profile } from '../../profiles/profile.ts'
import type { RunInput, TaskInput } from './run.ts'

/**
 * The run that a task works for, as her profile has it.
 * @throws Left when it has ended, or has been replaced by a later one: then the task must do nothing.
 */
export function openRun(
  profile: Profile | undefined,
  { enrolment, run }: Pick<RunInput, 'enrolment' | 'run'>,
): OpenRun {
  const open = profile?.runs[enrolment]
  if (open !== undefined && open.run === run) return open
  throw new Left('run.left', 'This run has ended; its machine goes to its end.')
}

/** The profile without a wait of this run that is over. */
export function withoutWait(profile: Profile, enrolment: string): Profile {
  const run = profile.runs[enrolment]
  if (run?.wait === undefined) return profile
  const { wait: _, ...going } = run
  return { ...profile, runs: { ...profile.runs, [enrolment]: going } }
}

export function withoutRun(profile: Profile, enrolment: string): Profile {
  const { [enrolment]: _, ...runs } = profile.runs
  return { ...profile, runs }
}

/** The profile with what is known last of this run: it has done a step, or waits at it. */
export function withLast(
  profile: Profile,
  { enrolment, step, occurrence }: Pick<TaskInput, 'enrolment' | 'step'> & { readonly occurrence?: LastStep['rounds'] },
  last: Omit<LastStep, 'step' | 'rounds'>,
): Profile {
  const run = profile.runs[enrolment]
  if (run === undefined) return profile
  const known = { ...last, step, ...(occurrence === undefined ? {} : { rounds: occurrence }) }
  return { ...profile, runs: { ...profile.runs, [enrolment]: { ...run, last: known } } }
}
