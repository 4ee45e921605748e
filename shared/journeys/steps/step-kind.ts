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
  readonly kind: 'message' | 'purpose' | 'channel' | 'segment' | 'journey' | 'team'
  readonly name: string
}

/** A text of a step that is filled in for each customer. */
export interface Template {
  readonly at: readonly (string | number)[]
  readonly text: string
}

/** A touchpoint that ends a step's wait. */
export interface Awaited {
  readonly when: string
  readonly where?: Condition | undefined
}

/** A message that a step may send. */
export interface Sending {
  readonly message: string
  /** Channels it may go by; undefined takes those of the purpose. */
  readonly by?: readonly string[] | undefined
  /** Undefined takes the journey's. */
  readonly purpose?: string | undefined
  /** Undefined takes the purpose's. */
  readonly deadline?: number | undefined
  /** How long after the way's beginning at the least (ms); at once where absent. */
  readonly after?: number | undefined
}

/** One way to pass a step, as the proofs over all paths see it. */
export interface Way {
  /** Which of the step's `paths` it takes, by its place among them; absent where it goes straight on. */
  readonly path?: number
  /** How long it lasts before that path (ms), while nothing holds or fails. */
  readonly least: number
  readonly most: number
  /** What it sends before that path, in order. */
  readonly sends?: readonly Sending[]
}

/** How a run gets past a step by itself. */
export interface Passing {
  readonly lasts: number
  readonly path?: number
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
  /** How often the steps inside are gone through, at the most; once where absent. */
  readonly times?: (step: S) => number
  /** Texts with Liquid in them, and where they stand, seen from the step. */
  readonly templates?: (step: S) => readonly Template[]
  /** For a step that waits for touchpoints: which, in order; the place of the one that came decides the path. */
  readonly awaits?: (step: S) => readonly Awaited[]
  /**
   * For a step that does nothing but choose a path: what it asks about her, in order; the place of the first that holds
   * decides the path.
   */
  readonly asks?: (step: S) => readonly Condition[]
  /**
   * The ways to pass it, all of them; none for a step that ends the run. Where absent: one for each of its paths, or
   * straight on without any, each lasting something between nothing and `longest`.
   */
  readonly ways?: (step: S) => readonly Way[]
  /**
   * For a step that no task does: how long it lasts (ms), and which of its `paths` it takes.
   * @param splits her places in the splits
   */
  readonly passes?: (step: S, splits: Readonly<Record<string, number>>) => Passing | undefined
  /** Types of the touchpoints that it records for her. */
  readonly emits?: (step: S) => readonly string[]
  /** The traits that it sets. */
  readonly sets?: (step: S) => readonly string[]
  /** The names under `saved` that it fills. */
  readonly saves?: (step: S) => readonly string[]
  /** Adds its states and returns the name of the one to enter by. */
  compile(step: S, place: Place): string
  /** One line for people. */
  describe(step: S): string
}
