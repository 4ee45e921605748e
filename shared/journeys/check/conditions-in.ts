import type { Condition } from '../../segments/condition.ts'
import type { Journey } from '../journey.ts'
import { kindOf } from '../steps/catalog.ts'
import type { Place } from './follow.ts'
import { placedSteps } from './placed-steps.ts'

/** A condition and where it stands, as near as the step that asks it. */
interface Asked {
  readonly at: Place
  readonly condition: Condition
}

/** Every condition of a journey. */
export function conditionsIn(journey: Journey): readonly Asked[] {
  const choosing = placedSteps(journey.steps).flatMap(({ step, place }) =>
    (kindOf(step).asks?.(step) ?? []).flatMap((condition) => asked(place, condition)),
  )
  return [...doorsIn(journey), ...choosing]
}

/** Those by which she enters, leaves, reaches the goal and is woken. */
export function doorsIn({ enter, exit, goal, steps }: Journey): readonly Asked[] {
  return [
    ...asked(['enter', 'where'], enter.where),
    ...asked(['enter', 'if'], enter.if),
    ...exit.flatMap((one, index) => [
      ...asked(['exit', index, 'where'], one.where),
      ...asked(['exit', index, 'if'], one.if),
    ]),
    ...asked(['goal', 'where'], goal?.where),
    ...placedSteps(steps).flatMap(({ step, place }) =>
      (kindOf(step).awaits?.(step) ?? []).flatMap(({ where }) => asked(place, where)),
    ),
  ]
}

/** The conditions that all, any and none join, those on counted touchpoints too. */
export function linesOf(condition: Condition): readonly Condition[] {
  if ('of' in condition) return condition.of.flatMap(linesOf)
  const where = condition.kind === 'did' || condition.kind === 'did not' ? condition.where : undefined
  return where === undefined ? [condition] : [condition, ...linesOf(where)]
}

function asked(at: Place, condition: Condition | undefined): readonly Asked[] {
  return condition === undefined ? [] : [{ at, condition }]
}
