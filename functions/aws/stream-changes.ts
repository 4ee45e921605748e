import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { Impossible } from '#shared/errors/errors.ts'
import type { Change } from '#shared/world/feed.ts'
import type { Item } from '#shared/world/table.ts'
import { documentOptions } from './store.ts'

/** The changes in an event of the table's stream, which carries both images. */
export function changesOf(event: DynamoDBStreamEvent): readonly Change[] {
  return event.Records.flatMap((record) => {
    const change = changeOf(record)
    // DynamoDB removes a row days after it expired; for its readers it was gone then, and nothing has changed now.
    return change.before === undefined && change.after === undefined ? [] : [change]
  })
}

function changeOf({ eventID, dynamodb }: DynamoDBRecord): Change {
  const { Keys, OldImage, NewImage, SequenceNumber, ApproximateCreationDateTime } = dynamodb ?? {}
  if (Keys === undefined || SequenceNumber === undefined)
    throw new Impossible('feed.no-keys', 'A record of the stream has no keys.', { details: { eventID } })
  const { pk, sk } = rowOf(Keys)
  const before = OldImage && rowOf(OldImage)
  const hadExpired = (before?.expiresAt ?? Number.POSITIVE_INFINITY) <= (ApproximateCreationDateTime ?? 0)
  return {
    sequence: SequenceNumber,
    pk,
    sk,
    ...(before !== undefined && !hadExpired && { before }),
    ...(NewImage !== undefined && { after: rowOf(NewImage) }),
  }
}

/** Lambda's type of an attribute and the SDK's are the same thing, and rows have the shape of the table's door. */
function rowOf(image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']): Item {
  return unmarshall(image as Record<string, AttributeValue>, documentOptions().unmarshallOptions) as Item
}
