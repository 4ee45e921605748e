import * as z from 'zod'
import { choice } from '../../documents/choice.ts'
import { oneOrMore, text } from '../../documents/fields.ts'
import {
  type Comparison,
  compare,
  comparisonChangesAt,
  comparisonShape,
  comparisonsOf,
  describeComparison,
} from '../comparison.ts'
import type { ConditionKind } from '../condition-kind.ts'
import { type Path, path } from '../path.ts'
import { describePlace, lookUp, type Place } from '../place.ts'

/** A value somewhere, and all that must be true of it. */
export interface Value extends Place {
  readonly comparisons: readonly Comparison[]
}

/** `channel: store` and `channel: [store, app]` in short, or a map of comparisons. */
const isChannel = text.transform((is) => ({ is }))
const isOneOf = oneOrMore(text).transform((texts) => ({ 'one of': texts }))
const isCompared = z.strictObject(comparisonShape)
const channel = choice([isChannel, isOneOf, isCompared], (value) => {
  if (Array.isArray(value)) return isOneOf
  return typeof value === 'string' ? isChannel : isCompared
})

/** What looks at a touchpoint. */
export const touchpointSchemas = {
  property: z
    .strictObject({ property: path, ...comparisonShape })
    .transform(({ property, ...written }, context) => value('property', property, written, context)),
  channel: z
    .strictObject({ channel })
    .transform(({ channel: written }, context) => value('channel', [], written, context)),
}

/** What looks at the customer and at her run. */
export const contextSchemas = {
  trait: z
    .strictObject({ trait: path, ...comparisonShape })
    .transform(({ trait, ...written }, context) => value('trait', trait, written, context)),
  entry: z
    .strictObject({ entry: path, ...comparisonShape })
    .transform(({ entry, ...written }, context) => value('entry', entry, written, context)),
  saved: z
    .strictObject({ saved: path, ...comparisonShape })
    .transform(({ saved, ...written }, context) => value('saved', saved, written, context)),
}

function value(
  kind: Place['kind'],
  path: Path,
  written: Parameters<typeof comparisonsOf>[0],
  context: z.core.$RefinementCtx,
): Value {
  const comparisons = comparisonsOf(written)
  if (comparisons.length === 0 && context.issues.length === 0)
    context.addIssue({
      code: 'custom',
      message: 'This compares with nothing.',
      params: { fix: `Add one of: ${Object.keys(comparisonShape).join(', ')}.` },
    })
  return { kind, path, comparisons }
}

export const valueKind: ConditionKind<Value> = {
  holds: (condition, scene) => {
    const found = lookUp(condition, scene)
    return condition.comparisons.every((comparison) => compare(comparison, found, scene))
  },
  describe: (condition) => `${describePlace(condition)} ${condition.comparisons.map(describeComparison).join(' and ')}`,
  seen: lookUp,
  needs: (condition) => {
    const places = [
      condition,
      ...condition.comparisons.flatMap((other) => (other.kind === 'same as' ? other.wanted : [])),
    ]
    const asks = (kind: Place['kind']): boolean => places.some((place) => place.kind === kind)
    return {
      // What stands in the row of her run.
      entry: asks('entry') || asks('saved'),
      inView: asks('property') || asks('channel'),
      traits: places.flatMap(({ kind, path }) => (kind === 'trait' ? (path[0] ?? []) : [])),
    }
  },
  changesAt: (condition, scene) => {
    const found = lookUp(condition, scene)
    return Math.min(
      ...condition.comparisons.map((comparison) => comparisonChangesAt(comparison, found, scene.facts.now)),
    )
  },
}
