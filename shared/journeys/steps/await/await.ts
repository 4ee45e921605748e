import * as z from 'zod'
import { listOr } from '../../../documents/choice.ts'
import { duration, touchpointType } from '../../../documents/fields.ts'
import { Where } from '../../../segments/condition.ts'
import { describeDuration } from '../../../time/duration.ts'
import { type Place, task } from '../place.ts'
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

export const awaitStep: StepKind<AwaitStep> = {
  key: 'await',
  schema: (steps) =>
    z
      .strictObject({
        await: listOr(
          z.array(z.strictObject({ when: touchpointType, where: Where.optional(), then: steps.default([]) })).min(1),
          touchpointType,
        ),
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
        token: '$states.context.Task.Token',
        attempt: '$states.context.State.RetryCount',
        since: '$states.input.seen',
        from: '$states.input.waited ? $states.context.State.EnteredTime',
      },
      extra: {
        Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
        TimeoutSeconds: Math.ceil(within / 1_000),
        Output: '{% $states.result %}',
      },
      catches: [
        {
          ErrorEquals: ['States.Timeout'],
          Output: "{% {'seen': $states.input.seen, 'waited': true} %}",
          Next: timedOut,
        },
      ],
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
