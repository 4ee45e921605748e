import * as z from 'zod'
import { listOr } from '../../../documents/choice.ts'
import { duration, misplaced, touchpointType } from '../../../documents/fields.ts'
import { Where } from '../../../segments/condition.ts'
import { describeDuration } from '../../../time/duration.ts'
import { CAME_AT, type Place, TOKEN, task, WAIT_FOR_TOKEN } from '../place.ts'
import type { Awaited, StepBase, StepKind } from '../step-kind.ts'

export interface AwaitCase extends Awaited {
  readonly then: readonly StepBase[]
}

export interface AwaitStep extends StepBase {
  readonly kind: 'await'
  /** The first of these that comes decides the path. */
  readonly cases: readonly AwaitCase[]
  /** Milliseconds. */
  readonly within: number
  readonly otherwise: readonly StepBase[]
}

const Case = (steps: z.ZodType<readonly StepBase[]>) =>
  z.strictObject({
    when: touchpointType,
    where: Where.optional(),
    then: steps.default([]),
    else: misplaced('Here "else" belongs to one touchpoint; it is for when none comes.', 'Indent it as "await".'),
    within: misplaced('Here "within" belongs to one touchpoint; it is for all of them.', 'Indent it as "await".'),
  })

export const awaitStep: StepKind<AwaitStep> = {
  key: 'await',
  schema: (steps) =>
    z
      .strictObject({
        await: listOr(z.array(Case(steps)).min(1), touchpointType),
        where: Where.optional(),
        within: duration.refine((within) => within > 0, 'Some time must pass, as in "2 days".'),
        then: steps.optional(),
        else: steps.default([]),
      })
      .transform(({ await: awaited, where, then = [], within, else: otherwise }, context) => {
        if (typeof awaited === 'string') return { cases: [{ when: awaited, where, then }], within, otherwise }
        if (where !== undefined || then.length > 0)
          context.addIssue({
            code: 'custom',
            message: 'With several touchpoints, "where" and "then" belong to each of them.',
          })
        return { cases: awaited, within, otherwise }
      }),
  label: ({ cases }) => cases[0]?.when ?? '',
  paths: ({ cases, otherwise }) => [
    ...cases.map(({ when, then }, index) => ({
      name: when,
      at: cases.length === 1 ? ['then'] : ['await', index, 'then'],
      steps: then,
    })),
    { name: 'else', at: ['else'], steps: otherwise },
  ],
  references: () => [],
  longest: ({ within }) => within,
  ways: ({ cases, within }) => [
    ...cases.map((_, path) => ({ path, least: 0, most: within })),
    { path: cases.length, least: within, most: within },
  ],
  describe: ({ cases, within }) =>
    `await ${cases.map(({ when }) => when).join(' or ')} within ${describeDuration(within)}`,
  awaits: ({ cases }) => cases,
  compile: compileAwait,
}

function compileAwait(step: AwaitStep, place: Place): string {
  const { id, cases, within, otherwise } = step
  const entries = cases.map((one) => place.sequence(one.then, place.next))
  const timedOut = place.sequence(otherwise, place.next)
  const [first = place.next] = entries
  const choice = `${id}?`
  place.add(
    id,
    task(step, place, {
      function: 'await-touchpoint',
      next: entries.every((entry) => entry === first) ? first : choice,
      payload: {
        ...TOKEN,
        since: '$states.input.seen',
        from: `$states.input.waited ? ${CAME_AT}`,
        held: '$states.input.held',
      },
      ...waiting(within, timedOut),
    }),
  )
  if (!entries.every((entry) => entry === first))
    place.add(choice, {
      Type: 'Choice',
      Choices: entries
        .slice(1)
        .map((entry, index) => ({ Condition: `{% $states.input.matched = ${index + 1} %}`, Next: entry })),
      Default: first,
    })
  return id
}

/** Seconds that are left of a wait that began on another version; only a run that was just moved here has any. */
const LEFT = '$states.input.move.seconds'

/** What makes a task wait for its token, and no longer than `within` (ms). */
export function waiting(within: number, timedOut: string) {
  return {
    extra: {
      Resource: WAIT_FOR_TOKEN,
      TimeoutSeconds: `{% $exists(${LEFT}) ? ${LEFT} : ${Math.ceil(within / 1_000)} %}`,
      Output: '{% $states.result %}',
    },
    catches: [
      {
        ErrorEquals: ['States.Timeout'],
        Output: "{% {'seen': $states.input.seen, 'waited': true} %}",
        Next: timedOut,
      },
    ],
  }
}
