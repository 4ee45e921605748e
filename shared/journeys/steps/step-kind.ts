import type * as z from 'zod'
import type { Condition } from '../../segments/condition.ts'
import type { Place } from './place.ts'

/** What every step has, once read: `id` names it in the machine, in dispatches and in statistics. */
export interface StepBase {
  readonly kind: string
  readonly id: string
  readonly ifItFails: FailurePath
}

/** Where a technical failure leads, after all retries. */
export type FailurePath = 'exit' | 'continue' | readonly StepBase[]

/** Steps inside a step, with the name of the path that leads to them. */
export interface Path {
  readonly name: string
  /** Where they stand in the document, seen from the step. */
  readonly at: readonly (string | number)[]
  readonly steps: readonly StepBase[]
}

/** What a step points at elsewhere in the brand folder, to be checked before publishing. */
export interface Reference {
  readonly kind: 'message' | 'purpose' | 'channel' | 'segment'
  readonly name: string
}

/** A touchpoint that ends a step's wait. */
export interface Awaited {
  readonly when: string
  readonly where?: Condition | undefined
}

/**
 * One kind of step: everything that is to be known about it. Adding a kind is a folder with such a value and a line
 * in the catalogue.
 */
export interface StepKind<S extends StepBase = StepBase> {
  /** The key that marks the step in a document; it holds the step's main text. */
  readonly key: string
  /** Parameters of the step without `name` and `if it fails`; `steps` reads the steps inside. */
  schema(steps: z.ZodType<readonly StepBase[]>): z.ZodType<Omit<S, keyof StepBase>>
  /** Text that its derived id is made from. */
  label(step: S): string
  paths(step: S): readonly Path[]
  references(step: S): readonly Reference[]
  /** The longest it can last (ms), without the steps inside. */
  longest(step: S): number
  /** For a step that waits for touchpoints: which, in order; the place of the one that came decides the path. */
  readonly awaits?: (step: S) => readonly Awaited[]
  /** Adds its states and returns the name of the one to enter by. */
  compile(step: S, place: Place): string
  /** One line for people. */
  describe(step: S): string
}
