import * as z from 'zod'
import { CLOSED, MOVED, OPENED } from '../../../conversations/converse.ts'
import { duration, name } from '../../../documents/fields.ts'
import { describeDuration } from '../../../time/duration.ts'
import { waiting } from '../await/await.ts'
import { liquidText } from '../liquid-text.ts'
import { CAME_AT, type Place, passedOn, TOKEN, task } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface HandOverStep extends StepBase {
  readonly kind: 'hand over'
  readonly team: string
  /** What the agent is told, with Liquid. */
  readonly note?: string | undefined
  /** Whether marketing is held while it waits for us. */
  readonly mute: boolean
  /** It waits so long for the conversation to be closed (ms); undefined goes on at once. */
  readonly within?: number | undefined
  readonly closed: readonly StepBase[]
  readonly otherwise: readonly StepBase[]
}

const LACKS_WITHIN = 'Only a hand over that waits has paths: say how long with "within", as in "2 days".'

export const handOverStep: StepKind<HandOverStep> = {
  key: 'hand over',
  schema: (steps) =>
    z
      .strictObject({
        'hand over': name,
        note: liquidText.optional(),
        mute: z.enum(['yes', 'no']).default('yes'),
        within: duration.refine((within) => within > 0, 'Some time must pass, as in "2 days".').optional(),
        then: steps.default([]),
        else: steps.default([]),
      })
      .refine(({ within, then, else: otherwise }) => within !== undefined || then.length + otherwise.length === 0, {
        message: LACKS_WITHIN,
      })
      .transform(({ 'hand over': team, mute, then: closed, else: otherwise, ...rest }) => ({
        ...rest,
        team,
        mute: mute === 'yes',
        closed,
        otherwise,
      })),
  label: ({ team }) => team,
  paths: ({ within, closed, otherwise }) =>
    within === undefined
      ? []
      : [
          { name: 'closed', at: ['then'], steps: closed },
          { name: 'else', at: ['else'], steps: otherwise },
        ],
  references: ({ team }) => [{ kind: 'team', name: team }],
  templates: ({ note }) => (note === undefined ? [] : [{ at: ['note'], text: note }]),
  longest: ({ within = 0 }) => within,
  ways: ({ within }) =>
    within === undefined
      ? [{ least: 0, most: 0 }]
      : [
          { path: 0, least: 0, most: within },
          { path: 1, least: within, most: within },
        ],
  emits: () => [OPENED, MOVED],
  awaits: ({ within }) => (within === undefined ? [] : [{ when: CLOSED }]),
  describe: ({ team, within }) =>
    `hand over to ${team}${within === undefined ? '' : ` and wait up to ${describeDuration(within)} for the end of the conversation`}`,
  compile: compileHandOver,
}

/** When it came to the step is the same for every try, so that done twice is done once. */
function compileHandOver(step: HandOverStep, place: Place): string {
  const { id, within, closed, otherwise } = step
  const call =
    within === undefined
      ? { next: place.next, payload: { at: CAME_AT }, extra: { Output: passedOn() } }
      : {
          next: place.sequence(closed, place.next),
          payload: { ...TOKEN, at: CAME_AT },
          ...waiting(within, place.sequence(otherwise, place.next)),
        }
  place.add(id, task(step, place, { function: 'hand-over', ...call }))
  return id
}
