import type { OpenRun } from '../../profiles/profile.ts'
import { kindOf } from '../steps/catalog.ts'
import { findStep } from '../steps/find-step.ts'
import type { StepBase } from '../steps/step-kind.ts'
import { isParked } from '../versions/park-run.ts'
import type { Enrolment } from './enrolment.ts'
import { type Position, positionOf } from './position.ts'

/** Where a run stands, and whether it stands still because its journey is paused. */
export interface Stand extends Position {
  readonly parked: boolean
}

export function standOf(
  steps: readonly StepBase[],
  run: OpenRun,
  { splits = {}, alarm }: Pick<Enrolment, 'splits' | 'alarm'>,
  now: number,
): Stand {
  const last = run.last ?? { at: run.enteredAt }
  const position = positionOf(steps, last, splits, now)
  if (isParked(run)) {
    const { since, rounds } = position
    return { step: run.wait?.step, since, rounds: position.step === run.wait?.step ? rounds : [], parked: true }
  }
  const asked = alarm?.outcome === 'wait' && alarm.step === position.step ? alarm.until : undefined
  return { ...position, until: position.until ?? asked, parked: false }
}

/** A stand for people; instants stay as they are. */
export interface StandText extends Pick<Stand, 'step' | 'since' | 'until' | 'parked'> {
  readonly doing: string
  /** What comes when the wait is over. */
  readonly then?: string
}

export function describeStand(steps: readonly StepBase[], stand: Stand, splits: Enrolment['splits'] = {}): StandText {
  const { step, since, until, parked } = stand
  if (step === undefined) return { doing: 'at its end', since, parked }
  const text = { step, doing: descriptionOf(steps, step), since, parked }
  if (until === undefined) return text
  const passing = kindOf(findStep(steps, step)).passes?.(findStep(steps, step), splits)
  const next = passing && positionOf(steps, { at: until, step, ...passing }, splits, until).step
  return { ...text, until, ...(next === undefined ? {} : { then: descriptionOf(steps, next) }) }
}

function descriptionOf(steps: readonly StepBase[], id: string): string {
  const step = findStep(steps, id)
  return kindOf(step).describe(step)
}
