import * as z from 'zod'
import { mapOf, text, touchpointType } from '../../../documents/fields.ts'
import { BUILT_IN } from '../../../touchpoints/catalogue.ts'
import { liquidText, templatesIn } from '../liquid-text.ts'
import { passedOn, task } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface EmitStep extends StepBase {
  readonly kind: 'emit'
  readonly type: string
  /** Liquid; one that is a single variable keeps the type of its value. */
  readonly properties: Readonly<Record<string, string>>
}

/** What Throughline makes is believed by everybody who reads it, so nobody else may make it. */
function isReserved(type: string): boolean {
  const group = groupOf(type)
  return Object.hasOwn(BUILT_IN, type) || (group !== 'customer' && OUR_GROUPS.has(group))
}

const OUR_GROUPS = new Set(Object.keys(BUILT_IN).map(groupOf))

function groupOf(type: string): string {
  return type.slice(0, type.indexOf('.'))
}

export const Properties = mapOf(text, liquidText)

export const emitStep: StepKind<EmitStep> = {
  key: 'emit',
  schema: () =>
    z
      .strictObject({
        emit: touchpointType.refine(
          (type) => !isReserved(type),
          'Only Throughline itself makes it; take another name.',
        ),
        properties: Properties.default({}),
      })
      .transform(({ emit, properties }) => ({ type: emit, properties })),
  label: ({ type }) => type,
  paths: () => [],
  references: () => [],
  longest: () => 0,
  emits: ({ type }) => [type],
  templates: ({ properties }) => templatesIn(properties, ['properties']),
  describe: ({ type, properties }) => `emit ${type}${withNames(properties)}`,
  compile: (step, place) => {
    place.add(
      step.id,
      task(step, place, { function: 'emit-touchpoint', next: place.next, extra: { Output: passedOn() } }),
    )
    return step.id
  },
}

export function withNames(properties: Readonly<Record<string, string>>): string {
  const names = Object.keys(properties)
  return names.length === 0 ? '' : ` with ${names.join(', ')}`
}
