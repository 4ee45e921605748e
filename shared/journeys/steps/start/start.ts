import * as z from 'zod'
import { name } from '../../../documents/fields.ts'
import { Properties, withNames } from '../emit/emit.ts'
import { templatesIn } from '../liquid-text.ts'
import { passedOn, task } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface StartStep extends StepBase {
  readonly kind: 'start'
  /** A journey that is entered by `api: yes`. */
  readonly journey: string
  /** What the other journey finds under `entry`: as the properties of an `emit` step. */
  readonly properties: Readonly<Record<string, string>>
}

export const startStep: StepKind<StartStep> = {
  key: 'start',
  schema: () =>
    z
      .strictObject({ start: name, properties: Properties.default({}) })
      .transform(({ start, properties }) => ({ journey: start, properties })),
  label: ({ journey }) => journey,
  paths: () => [],
  references: ({ journey }) => [{ kind: 'journey', name: journey }],
  longest: () => 0,
  emits: () => ['journey.started'],
  templates: ({ properties }) => templatesIn(properties, ['properties']),
  describe: ({ journey, properties }) => `start ${journey}${withNames(properties)}`,
  compile: (step, place) => {
    place.add(
      step.id,
      task(step, place, { function: 'emit-touchpoint', next: place.next, extra: { Output: passedOn() } }),
    )
    return step.id
  },
}
