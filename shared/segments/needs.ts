import { type Condition, kindOf } from './condition.ts'
import type { Did } from './conditions/did.ts'
import type { MessageWas } from './conditions/message.ts'

/** What an evaluation looks at: what has to be read from storage for it, and what it changes with. */
export interface Needs {
  readonly touchpoints: readonly Did[]
  /** Without `withinMs` the message as this run sent it. */
  readonly messages: readonly Pick<MessageWas, 'message' | 'withinMs'>[]
  readonly segments: readonly string[]
  /** Names of traits. */
  readonly traits: readonly string[]
  readonly consent: boolean
  readonly reachable: boolean
  /** True when it asks about the touchpoint that let her in, or about what her run has saved. */
  readonly entry: boolean
  /** True when it asks about the touchpoint in view. */
  readonly inView: boolean
}

export function needs(condition: Condition): Needs {
  const all = lines(condition).map((line) => kindOf(line).needs?.(line, needs) ?? {})
  return {
    touchpoints: all.flatMap(({ touchpoints = [] }) => touchpoints),
    messages: all.flatMap(({ messages = [] }) => messages),
    segments: [...new Set(all.flatMap(({ segments = [] }) => segments))],
    traits: [...new Set(all.flatMap(({ traits = [] }) => traits))],
    consent: all.some(({ consent = false }) => consent),
    reachable: all.some(({ reachable = false }) => reachable),
    entry: all.some(({ entry = false }) => entry),
    inView: all.some(({ inView = false }) => inView),
  }
}

/** The lines of a condition, whatever joins them. */
export function lines(condition: Condition): readonly Condition[] {
  return 'of' in condition ? condition.of.flatMap(lines) : [condition]
}
