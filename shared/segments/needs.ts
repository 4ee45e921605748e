import { type Condition, kindOf } from './condition.ts'
import type { Did } from './conditions/did.ts'
import type { MessageWas } from './conditions/message.ts'

/** Touchpoints that decide a condition: of those that count, the `enough` latest will do. */
export interface TouchpointNeed extends Pick<Did, 'type' | 'withinMs' | 'sinceAt' | 'beforeAt' | 'where'> {
  readonly enough: number
}

/** What has to be read from storage before a condition can be evaluated; all else it asks is in the profile. */
export interface Needs {
  readonly touchpoints: readonly TouchpointNeed[]
  /** Without `withinMs` the message as this run sent it. */
  readonly messages: readonly Pick<MessageWas, 'message' | 'withinMs'>[]
  readonly segments: readonly string[]
  /** True when it asks about the touchpoint that let her in. */
  readonly entry: boolean
}

export function needs(condition: Condition): Needs {
  const all = lines(condition).map((line) => kindOf(line).needs?.(line, needs) ?? {})
  return {
    touchpoints: all.flatMap(({ touchpoints = [] }) => touchpoints),
    messages: all.flatMap(({ messages = [] }) => messages),
    segments: [...new Set(all.flatMap(({ segments = [] }) => segments))],
    entry: all.some(({ entry = false }) => entry),
  }
}

function lines(condition: Condition): readonly Condition[] {
  return 'of' in condition ? condition.of.flatMap(lines) : [condition]
}
