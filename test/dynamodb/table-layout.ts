import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb'
import { INDEX_NAME } from '#functions/aws/store.ts'

const keys = (partition: string, sort: string): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
]

/**
 * The table of `infra/constructs/table.ts`, empty. Rows are not removed when they expire: DynamoDB Local would go by
 * the machine's clock, and the tests live by their own.
 */
export const TABLE_LAYOUT: Omit<CreateTableCommandInput, 'TableName'> = {
  AttributeDefinitions: ['pk', 'sk', 'ipk', 'isk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: keys('pk', 'sk'),
  GlobalSecondaryIndexes: [
    { IndexName: INDEX_NAME, KeySchema: keys('ipk', 'isk'), Projection: { ProjectionType: 'ALL' } },
  ],
  BillingMode: 'PAY_PER_REQUEST',
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
}
