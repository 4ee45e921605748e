import { Impossible } from '../errors/errors.ts'
import { withEntry } from '../journeys/entries/with-entry.ts'
import { latestEnd } from '../journeys/longest-stay.ts'
import type { Effect } from '../journeys/runs/advance.ts'
import { type Enrolment, enrolmentKey, snapshotOf } from '../journeys/runs/enrolment.ts'
import { drawSplits } from '../journeys/runs/run.ts'
import { withLast, withoutWait } from '../journeys/runs/run-guard.ts'
import type { LiveJourney } from '../journeys/versions/live.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Draft } from './draft.ts'

/** Works an effect into the profile and the rows of the draft. */
export function applyEffect(draft: Draft, customer: string, touchpoint: Touchpoint, effect: Effect): void {
  const profile = draft.profile(customer)
  switch (effect.kind) {
    case 'exit':
      draft.change(draft.endRun(profile, effect.enrolment, effect.run, { reason: 'exited', detail: effect.detail }))
      return
    case 'wake':
      wake(draft, profile, effect)
      return
    case 'goal':
      reachGoal(draft, profile, touchpoint, effect)
      return
    case 'enter':
      enter(draft, profile, touchpoint, effect.journey, { ...effect, id: effect.enrolment, run: 1 })
      return
    case 'restart':
      restart(draft, profile, touchpoint, effect)
      return
    case 'not-entered':
    case 'ignored':
  }
}

function wake(draft: Draft, profile: Profile, { enrolment, run, step, matched }: Effect & { kind: 'wake' }): void {
  const { rounds } = run.last ?? {}
  const woken = withLast(
    withoutWait(profile, enrolment),
    { enrolment, step, occurrence: rounds },
    { at: draft.now, path: matched },
  )
  draft.change(woken)
  const output = { outcome: 'matched', matched, seen: draft.moment(profile.id) }
  draft.endWait(run.home ?? profile.id, enrolment, step, { output })
}

function reachGoal(
  draft: Draft,
  profile: Profile,
  touchpoint: Touchpoint,
  { goal, value }: Effect & { kind: 'goal' },
): void {
  draft.change({ ...profile, goals: profile.goals.filter(({ enrolment }) => enrolment !== goal.enrolment) })
  const reached = { goalAt: touchpoint.occurredAt, ...(value === undefined ? {} : { goalValue: value }) }
  const made = draft.enrolment(goal.enrolment)
  if (made !== undefined) draft.enrol({ ...made, ...reached })
  else draft.add({ set: enrolmentKey(goal.home ?? profile.id, goal.enrolment), attributes: reached }, { of: 'record' })
}

interface Opening {
  readonly id: string
  readonly run: number
  readonly holdout: boolean
  readonly startsAt?: number | undefined
  /** The customer whose partition holds its rows, where that is not she. */
  readonly home?: string | undefined
}

function enter(
  draft: Draft,
  profile: Profile,
  touchpoint: Touchpoint,
  journey: LiveJourney,
  { id, run, holdout, startsAt, home }: Opening,
): void {
  const { document, machine } = journey.content
  const enteredAt = touchpoint.occurredAt
  const place = { journey: journey.name, version: journey.version, enteredAt }
  const open = { ...place, run, endsBy: latestEnd(document.steps, startsAt ?? draft.now) }
  const enrolment: Enrolment = {
    ...open,
    id,
    customer: home ?? profile.id,
    machine,
    entry: snapshotOf(touchpoint),
    splits: drawSplits(profile.id, document.steps),
    seen: draft.moment(profile.id),
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(holdout ? { state: 'ended', reason: 'holdout', endedAt: draft.now } : { state: 'pending' }),
  }
  draft.enrol(enrolment)
  draft.change({
    ...withEntry(profile, journey, { enrolment: id, enteredAt, now: draft.now, home }),
    runs: holdout ? profile.runs : { ...profile.runs, [id]: { ...open, home, last: { at: startsAt ?? draft.now } } },
  })
}

/** The run that is open closes, and the next one of the same enrolment begins on the journey's live version. */
function restart(
  draft: Draft,
  profile: Profile,
  touchpoint: Touchpoint,
  { journey, enrolment, startsAt }: Effect & { kind: 'restart' },
): void {
  const run = profile.runs[enrolment]
  if (run === undefined)
    throw new Impossible('recording.restart-without-run', 'A restart was decided for a run that is not open.')
  if (draft.enrolment(enrolment) === undefined && run.wait !== undefined)
    draft.endWait(run.home ?? profile.id, enrolment, run.wait.step, { error: 'Left', cause: 'restarted' })
  enter(draft, profile, touchpoint, journey, {
    id: enrolment,
    run: run.run + 1,
    holdout: false,
    startsAt,
    home: run.home,
  })
}
