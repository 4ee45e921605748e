import * as z from 'zod'
import { byKey, listOr } from '../documents/choice.ts'
import type { ConditionKind } from './condition-kind.ts'
import { type Bucket, bucket, bucketSchema } from './conditions/bucket.ts'
import { type Consent, consent, consentSchema } from './conditions/consent.ts'
import { type Did, did, didSchemas } from './conditions/did.ts'
import { type Group, group, groupSchemas } from './conditions/group.ts'
import { type MessageWas, message, messageSchema } from './conditions/message.ts'
import { type Reachable, reachable, reachableSchema } from './conditions/reachable.ts'
import { type InSegment, segment, segmentSchemas } from './conditions/segment.ts'
import { contextSchemas, touchpointSchemas, type Value, valueKind } from './conditions/value.ts'

/** Plain data, told apart by `kind`, which is the key it is written with. */
export type Condition = Group | Value | Did | InSegment | MessageWas | Consent | Reachable | Bucket

/** What a `where` says about one touchpoint. */
export const Where: z.ZodType<Condition> = z.lazy(() =>
  oneOrAll(byKey('condition on a touchpoint', { ...groupSchemas(Where), ...touchpointSchemas })),
)

/** What an `if`, a branch or a segment says, as read from a document: one condition, or a list, all of which must hold. */
export const Condition: z.ZodType<Condition> = z.lazy(() =>
  oneOrAll(
    byKey('condition', {
      ...groupSchemas(Condition),
      ...contextSchemas,
      ...touchpointSchemas,
      ...didSchemas(Where),
      ...segmentSchemas,
      message: messageSchema,
      consent: consentSchema,
      reachable: reachableSchema,
      bucket: bucketSchema,
    }),
  ),
)

function oneOrAll(one: z.ZodType<Condition>): z.ZodType<Condition> {
  const all = z
    .array(one)
    .min(1)
    .transform((of): Group => ({ kind: 'all', of }))
  return listOr(all, one)
}

type Kind = Condition['kind']

/** Of all conditions the one that is written with the key `K`. */
type Written<K extends Kind, C = Condition> = C extends { readonly kind: infer Own }
  ? K extends Own
    ? C
    : never
  : never

const KINDS: { readonly [K in Kind]: ConditionKind<Written<K>> } = {
  all: group,
  any: group,
  none: group,
  trait: valueKind,
  entry: valueKind,
  saved: valueKind,
  property: valueKind,
  channel: valueKind,
  did,
  'did not': did,
  'in segment': segment,
  'not in segment': segment,
  message,
  consent,
  reachable,
  bucket,
}

export function kindOf(condition: Condition): ConditionKind<Condition> {
  // What stands under a condition's own kind takes that condition: true of each of them, which a union cannot say.
  return KINDS[condition.kind] as unknown as ConditionKind<Condition>
}
