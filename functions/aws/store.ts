import type { DynamoDBDocumentClient, TranslateConfig } from '@aws-sdk/lib-dynamodb'

/** The table, as one call to the door meets it. */
export interface Store {
  readonly documents: DynamoDBDocumentClient
  readonly TableName: string
  /** Epoch seconds: rows that expired by then count as absent. */
  readonly now: number
}

/** The sparse index over `ipk` and `isk`. */
export const INDEX_NAME = 'by-index'

/**
 * How JSON becomes attributes and comes back. Numbers are doubles already, so there are no digits left to lose. Made
 * anew for everybody: the SDK's document client writes settings of its own into what it is given.
 */
export function documentOptions() {
  return {
    marshallOptions: { removeUndefinedValues: true, allowImpreciseNumbers: true },
    unmarshallOptions: { wrapNumbers: Number },
  } satisfies TranslateConfig
}
