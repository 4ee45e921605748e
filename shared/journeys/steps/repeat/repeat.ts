import * as z from 'zod'
import { times } from '../../../documents/fields.ts'
import { Condition } from '../../../segments/condition.ts'
import { describe as describeCondition } from '../../../segments/describe.ts'
import { choiceStates } from '../branch-states.ts'
import { conditionReferences } from '../condition-references.ts'
import { type Place, roundIn } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface RepeatStep extends StepBase {
  readonly kind: 'repeat'
  readonly steps: readonly StepBase[]
  readonly upTo: number
  /** Asked before each round, the first one too: where it holds, the run goes on after the step. */
  readonly until?: Condition | undefined
}

/** More rounds than this are a journey that starts again, not a step. */
const MOST_ROUNDS = 100

export const repeatStep: StepKind<RepeatStep> = {
  key: 'repeat',
  schema: (steps) =>
    z
      .strictObject({
        repeat: steps.refine((list) => list.length > 0, 'There is nothing to repeat.'),
        'up to': times.refine(
          (count) => count >= 1 && count <= MOST_ROUNDS,
          `A repeat has 1 to ${MOST_ROUNDS} rounds, as in "3 times".`,
        ),
        until: Condition.optional(),
      })
      .transform(({ repeat, 'up to': upTo, until }) => ({ steps: repeat, upTo, until })),
  label: ({ steps: [first] }) => first?.kind ?? '',
  paths: ({ steps }) => [{ name: 'each round', at: ['repeat'], steps }],
  references: ({ until }) => conditionReferences(until === undefined ? [] : [until]),
  longest: () => 0,
  times: ({ upTo }) => upTo,
  asks: ({ until }) => (until === undefined ? [] : [{ kind: 'none', of: [until] }]),
  ways: ({ until }) => [{ path: 0, least: 0, most: 0 }, ...(until === undefined ? [] : [{ least: 0, most: 0 }])],
  passes: ({ until }) => (until === undefined ? { lasts: 0, path: 0 } : undefined),
  describe: ({ upTo, until }) =>
    `repeat up to ${upTo} times${until === undefined ? '' : `, until ${describeCondition(until)}`}`,
  compile: compileRepeat,
}

/**
 * Counts the rounds in a variable of the machine, which the tasks inside put into the ids of what they make. Where it
 * asks, the task has the step's name, so that a run that stood still there goes on in the round it was in.
 */
function compileRepeat(step: RepeatStep, place: Place): string {
  const { id, steps, upTo, until } = step
  const round = `round_${id.replaceAll('-', '_')}`
  const again = `${id} again`
  const body = place.sequence(steps, again, round)
  const [first, entry] = until === undefined ? [id, body] : [`${id} first`, id]
  place.add(first, { Type: 'Pass', Assign: { [round]: 1 }, Next: entry })
  place.add(again, {
    Type: 'Choice',
    Choices: [
      {
        Condition: `{% ${roundIn(round)} < ${upTo} %}`,
        Assign: { [round]: `{% ${roundIn(round)} + 1 %}` },
        Next: entry,
      },
    ],
    Default: place.next,
  })
  if (until !== undefined) choiceStates(step, place, [body, place.next])
  return first
}
