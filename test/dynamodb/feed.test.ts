import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { inject } from 'vitest'
import { changesOf } from '#functions/aws/stream-changes.ts'
import type { Change } from '#shared/world/feed.ts'
import { feedConformance } from '#test/conformance/feed-suite.ts'
import { aDynamoDbTable } from './a-dynamodb-table.ts'

/*
 * The stream's records as DynamoDB Local gives them; in the cloud Lambda hands on the same, and the stream's own client
 * is not among our packages.
 */

/** Asks as the SDK does, in the name of the tables' owner; DynamoDB Local looks at no signature. */
async function ask<Answer>(operation: string, body: object): Promise<Answer> {
  const answer = await fetch(inject('dynamoDb'), {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.0',
      'X-Amz-Target': `DynamoDBStreams_20120810.${operation}`,
      Authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=none',
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as Answer
}

/**
 * DynamoDB Local rounds the time of a record down to the minute, the service to the second; by the minute, what has just
 * expired seems to be there still.
 */
function dated(record: DynamoDBRecord): DynamoDBRecord {
  return { ...record, dynamodb: { ...record.dynamodb, ApproximateCreationDateTime: Math.floor(Date.now() / 1_000) } }
}

/** Everything in a stream from its beginning. */
async function changesIn(StreamArn: string): Promise<readonly Change[]> {
  type Described = { readonly StreamDescription: { readonly Shards: readonly { readonly ShardId: string }[] } }
  type Page = DynamoDBStreamEvent & { readonly NextShardIterator?: string }
  const { StreamDescription } = await ask<Described>('DescribeStream', { StreamArn })
  const changes: Change[] = []
  for (const { ShardId } of StreamDescription.Shards) {
    const from = { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }
    let next: string | undefined = (await ask<{ readonly ShardIterator: string }>('GetShardIterator', from))
      .ShardIterator
    while (next !== undefined) {
      const page: Page = await ask('GetRecords', { ShardIterator: next })
      changes.push(...changesOf({ Records: page.Records.map(dated) }))
      next = page.Records.length > 0 ? page.NextShardIterator : undefined
    }
  }
  return changes
}

feedConformance('The stream of DynamoDB Local', async () => {
  const { open, streamArn, close } = await aDynamoDbTable()
  return { table: open({ now: Date.now }), changes: () => changesIn(streamArn), close }
})
