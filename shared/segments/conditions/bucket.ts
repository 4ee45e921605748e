import * as z from 'zod'
import { name, share } from '../../documents/fields.ts'
import { shareOf } from '../../profiles/share-of.ts'
import type { ConditionKind } from '../condition-kind.ts'

/**
 * She is in a share of all customers, drawn once and for ever. Buckets of one name, or of none, lie within each other:
 * who is in 10% is also in 20%. Those of different names are drawn apart.
 */
export interface Bucket {
  readonly kind: 'bucket'
  /** Of 1. */
  readonly share: number
  readonly name: string
}

export const bucketSchema = z
  .strictObject({ bucket: share, name: name.optional() })
  .transform(({ bucket, name = '' }): Bucket => ({ kind: 'bucket', share: bucket, name }))

export const bucket: ConditionKind<Bucket> = {
  holds: ({ share, name }, { facts }) => shareOf(facts.customer, name) < share,
  describe: ({ share, name }) =>
    `she is in a random ${Number((share * 100).toPrecision(12))}% of customers${name === '' ? '' : ` (${name})`}`,
  seen: ({ name }, { facts }) => shareOf(facts.customer, name),
}
