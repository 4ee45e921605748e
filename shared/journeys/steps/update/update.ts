import * as z from 'zod'
import { choice } from '../../../documents/choice.ts'
import { mapOf, NUMBER, oneOrMore, text } from '../../../documents/fields.ts'
import { hasLiquid, liquidText, templatesIn } from '../liquid-text.ts'
import { passedOn, task } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

export interface UpdateStep extends StepBase {
  readonly kind: 'update'
  /** Liquid; one that is a single variable keeps the type of its value. */
  readonly set: Readonly<Record<string, string>>
  /**
   * A number, or Liquid that gives one, is added to a trait that is a number; one that is absent counts from 0. Members
   * join a trait that is a list, each once.
   */
  readonly add: Readonly<Record<string, number | string | readonly string[]>>
  /** Traits that are emptied, and members that leave a trait that is a list. */
  readonly remove: readonly string[] | Readonly<Record<string, readonly string[]>>
}

const members = oneOrMore(liquidText)
const amount = liquidText
  .refine((given) => NUMBER.test(given) || hasLiquid(given), {
    error: 'What is added is a number, or a list of tags, as in [vip].',
  })
  .transform((given) => (hasLiquid(given) ? given : Number(given)))
const addition = choice([amount, members], (value) => (Array.isArray(value) ? members : amount))

const emptied = oneOrMore(text)
const left = mapOf(text, members)
const removal = choice([emptied, left], (value) =>
  typeof value === 'object' && !Array.isArray(value) ? left : emptied,
)

export const updateStep: StepKind<UpdateStep> = {
  key: 'update',
  schema: () =>
    z
      .strictObject({
        update: z
          .strictObject({
            set: mapOf(text, liquidText).default({}),
            add: mapOf(text, addition).default({}),
            remove: removal.default([]),
          })
          .transform((update, context) => {
            const isEmpty = Object.values(update).every((part) => Object.keys(part).length === 0)
            if (isEmpty && context.issues.length === 0)
              context.addIssue({ code: 'custom', message: 'This updates nothing: say what to set, add or remove.' })
            return update
          }),
      })
      .transform(({ update }) => update),
  label: ({ set, add, remove }) => [...Object.keys(set), ...Object.keys(add), ...namesIn(remove)].join(' '),
  paths: () => [],
  references: () => [],
  longest: () => 0,
  emits: () => ['customer.updated'],
  sets: ({ set, add, remove }) => [...Object.keys(set), ...Object.keys(add), ...namesIn(remove)],
  templates: ({ set, add, remove }) => [
    ...templatesIn(set, ['update', 'set']),
    ...templatesIn(add, ['update', 'add']),
    ...(isList(remove) ? [] : templatesIn(remove, ['update', 'remove'])),
  ],
  describe: ({ set, add, remove }) =>
    [
      ...Object.entries(set).map(([name, value]) => `set ${name} to ${value}`),
      ...Object.entries(add).map(([name, value]) => `add ${wordsOf(value)} to ${name}`),
      ...(isList(remove)
        ? remove.map((name) => `remove ${name}`)
        : Object.entries(remove).map(([name, value]) => `remove ${wordsOf(value)} from ${name}`)),
    ].join(', '),
  compile: (step, place) => {
    place.add(
      step.id,
      task(step, place, { function: 'update-profile', next: place.next, extra: { Output: passedOn() } }),
    )
    return step.id
  },
}

/** `Array.isArray` does not tell a readonly list from a map. */
export function isList(value: unknown): value is readonly string[] {
  return Array.isArray(value)
}

function namesIn(remove: UpdateStep['remove']): readonly string[] {
  return isList(remove) ? remove : Object.keys(remove)
}

function wordsOf(value: number | string | readonly string[]): string {
  return isList(value) ? value.join(', ') : String(value)
}
